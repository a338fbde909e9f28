package io.penstock.dag.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Whose turn it is on one worker. The jobs share its time: each gets a quantum per round, and steps its tasklets until
 * that is used up or there is nothing to do. A job cannot be interrupted, so it may use more; that is its debt, for
 * which it misses rounds while other jobs have work. (Deficit round robin, Shreedhar and Varghese 1995.)
 *
 * <p>Used by one thread.
 */
final class Schedule {

    static final long QUANTUM_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** No single call, however long, makes a job miss more rounds than this. */
    static final long DEBT_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    /** A job's tasklets on this worker, and what it may still use. */
    private static final class Share {
        private final Execution execution;
        private final List<Tasklet> tasklets = new ArrayList<>();
        private long creditNs;

        private Share(Execution execution) {
            this.execution = execution;
        }
    }

    private final NanoClock clock;
    private final List<Share> shares = new ArrayList<>();

    Schedule(NanoClock clock) {
        this.clock = clock;
    }

    void add(Tasklet tasklet) {
        for (Share share : shares) {
            if (share.execution == tasklet.execution) {
                share.tasklets.add(tasklet);
                return;
            }
        }
        Share share = new Share(tasklet.execution);
        share.tasklets.add(tasklet);
        shares.add(share);
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    /** Gives each job its turn; false if none of them had anything to do. */
    boolean round() {
        boolean worked = false;
        for (int i = 0; i < shares.size(); i++) {
            worked |= turn(shares.get(i));
        }
        if (worked) {
            shares.removeIf(share -> share.tasklets.isEmpty());
        }
        return worked;
    }

    private boolean turn(Share share) {
        share.creditNs = Math.min(share.creditNs, 0) + QUANTUM_NS;
        if (share.creditNs <= 0) {
            return true; // it may well have work, for which it must wait
        }
        boolean worked = false;
        boolean goesOn = true;
        long beganNs = clock.nanoTime();
        while (goesOn && share.creditNs > 0 && !share.tasklets.isEmpty()) {
            goesOn = stepAll(share.tasklets);
            long endedNs = clock.nanoTime();
            share.creditNs = Math.max(share.creditNs - (endedNs - beganNs), -DEBT_NS_MAX);
            beganNs = endedNs;
            worked |= goesOn;
        }
        return worked;
    }

    private static boolean stepAll(List<Tasklet> tasklets) {
        boolean worked = false;
        boolean done = false;
        for (int i = 0; i < tasklets.size(); i++) {
            Tasklet tasklet = tasklets.get(i);
            worked |= tasklet.step();
            done |= tasklet.isDone();
        }
        if (done) {
            tasklets.removeIf(Tasklet::isDone);
        }
        return worked;
    }

    /** After a round without work: for how long no tasklet needs to be stepped, unless it is woken, in ns. */
    long restNs() {
        long nowNs = clock.nanoTime();
        long shortestNs = Long.MAX_VALUE;
        for (Share share : shares) {
            for (Tasklet tasklet : share.tasklets) {
                shortestNs = Math.min(shortestNs, tasklet.restNs(nowNs));
            }
        }
        return shortestNs;
    }
}
