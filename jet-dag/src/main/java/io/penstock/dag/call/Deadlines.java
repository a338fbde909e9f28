package io.penstock.dag.call;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The thread that ends calls whose time is up: one for all pipelines that a grid serves. Starts with the first of them.
 *
 * <p>It sleeps until the first deadline. A caller wakes it only when its own is earlier than that, which it rarely is,
 * since the next call's deadline comes after the last one's; so a call costs no system call. For the same reason it
 * goes on waking for a while, at the pace of the shortest timeout, when calls come and are answered in time. When none
 * come, it sleeps.
 */
public final class Deadlines implements AutoCloseable {

    /** Later than any deadline. */
    static final long NEVER = Long.MAX_VALUE;

    /** What has deadlines. */
    interface Watched {

        /** Ends what is due, and says when to look again, or {@link #NEVER}. */
        long endDue(long nowNs);
    }

    private final String threadName;
    private final LongSupplier clockNs;
    private final long originNs;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private volatile long wakeAtNs = NEVER;
    private volatile boolean closed;
    private volatile Thread thread;

    /** @param clockNs as {@link System#nanoTime} */
    public Deadlines(String threadName, LongSupplier clockNs) {
        this.threadName = threadName;
        this.clockNs = clockNs;
        originNs = clockNs.getAsLong();
    }

    /** The time by which deadlines go, in ns since some moment before. */
    long nowNs() {
        return clockNs.getAsLong() - originNs;
    }

    synchronized void watch(Watched calls) {
        watched.add(calls);
        if (thread == null && !closed) {
            thread = new Thread(this::run, threadName);
            thread.setDaemon(true);
            thread.start();
        }
    }

    void forget(Watched calls) {
        watched.remove(calls);
    }

    /** By a caller, when its call can be seen. */
    void added(long deadlineNs) {
        if (deadlineNs < wakeAtNs) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            wakeAtNs = NEVER; // before looking: whose call may have been overlooked wakes us
            long nextNs = NEVER;
            long nowNs = nowNs();
            for (Watched calls : watched) {
                nextNs = Math.min(nextNs, calls.endDue(nowNs));
            }
            wakeAtNs = nextNs;
            if (nextNs == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nextNs - nowNs());
            }
        }
    }

    /** Ends the thread. Calls that are still open then wait for their job, which the grid has closed before. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
