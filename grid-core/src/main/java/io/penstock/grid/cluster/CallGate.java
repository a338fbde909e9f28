package io.penstock.grid.cluster;

import io.penstock.grid.GridException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Through which all calls of a grid go: it counts them, refuses more than a maximum, holds them up while a client has
 * no cluster, and is closed with the grid. An open gate costs a call two atomic additions and the read of a volatile
 * field.
 */
final class CallGate {

    enum State {
        OPEN,
        /** A client lost its cluster and looks for it. */
        AWAY,
        /** It has found it, or another; what must be done before the next call has not been done yet. */
        BACK,
        CLOSED
    }

    private final int callsMax;
    private final Runnable onReturn;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<GridException.Code, LongAdder> failures = new EnumMap<>(GridException.Code.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Written under the lock. */
    private volatile State state = State.OPEN;
    /** Written under the lock. */
    private volatile boolean ended;

    /** @param onReturn makes a cluster that a client has found again ready, by calls of the same thread */
    CallGate(int callsMax, Runnable onReturn) {
        this.callsMax = callsMax;
        this.onReturn = onReturn;
        for (GridException.Code code : GridException.Code.values()) {
            failures.put(code, new LongAdder());
        }
    }

    // ---- for calls

    /** Whether there is place for one more call, which is then counted until {@link #leave}. */
    boolean enter() {
        if (underWay.incrementAndGet() > callsMax) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        if (underWay.decrementAndGet() == 0 && state == State.CLOSED) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until calls can be made.
     *
     * @return {@link State#OPEN}, also when the instance of Hazelcast has ended, so that the call finds out; or else why
     *     not: {@link State#CLOSED}, or when the time is up {@link State#AWAY}
     * @throws RuntimeException what came of making a cluster that was found again ready; the next call tries anew
     */
    State await(long deadlineNs) throws InterruptedException {
        return state == State.OPEN || lock.isHeldByCurrentThread() ? State.OPEN : awaitChange(deadlineNs);
    }

    private State awaitChange(long deadlineNs) throws InterruptedException {
        if (!lock.tryLock(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            return State.AWAY;
        }
        try {
            while (state == State.AWAY && !ended) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0 || changed.awaitNanos(leftNs) <= 0) {
                    return state == State.OPEN ? State.OPEN : State.AWAY;
                }
            }
            if (state == State.BACK && !ended) {
                onReturn.run();
                state = State.OPEN;
                changed.signalAll();
            }
            return state == State.CLOSED ? State.CLOSED : State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    void count(GridException.Code code) {
        failures.get(code).increment();
    }

    // ---- for the host

    void away() {
        change(State.AWAY);
    }

    void back() {
        change(State.BACK);
    }

    /** The instance of Hazelcast ends, by whomever. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    private void change(State to) {
        lock.lock();
        try {
            if (state != State.CLOSED) {
                state = to;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses calls from now on, and waits for those under way, but not for ever. */
    void close(long waitMaxNs) {
        lock.lock();
        try {
            state = State.CLOSED;
            changed.signalAll();
            long leftNs = waitMaxNs;
            while (underWay.get() > 0 && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    State state() {
        return state;
    }

    int underWay() {
        return underWay.get();
    }

    int callsMax() {
        return callsMax;
    }

    long failures(GridException.Code code) {
        return failures.get(code).sum();
    }
}
