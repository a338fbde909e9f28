package io.penstock.bench.penstock;

import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long a job stands still after a member was lost: until its source makes events again. Used by one thread. */
final class Outage {

    private static final String SOURCE = "generator";
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double NS_PER_SECOND = 1e9;

    private enum State {
        UNNOTICED,
        STOPPED,
        STARTED,
        OVER
    }

    private final Job job;
    private final long patienceNs;
    private final long startNs = System.nanoTime();
    private State state = State.UNNOTICED;
    /** How many events were made before the place where the job goes on; unknown, and 0, before it has started. */
    private long madeBefore;

    /** Begins now. */
    Outage(Job job, long patienceSeconds) {
        this.job = job;
        patienceNs = TimeUnit.SECONDS.toNanos(patienceSeconds);
    }

    /**
     * Waits until the job goes on, or has ended, and returns how many seconds after the loss that was.
     *
     * @throws AssertionError if it does not
     */
    double await() {
        while (state != State.OVER) {
            if (System.nanoTime() - startNs > patienceNs) {
                throw new AssertionError(job + " did not go on after the loss of a member: it is " + job.status()
                        + ", and for this test " + state + " at event " + madeBefore + "\n" + job.explain());
            }
            look();
            LockSupport.parkNanos(LOOK_NS);
        }
        return (System.nanoTime() - startNs) / NS_PER_SECOND;
    }

    private void look() {
        JobStatus status = job.status();
        if (status.isEnd()) {
            state = State.OVER;
            return;
        }
        boolean isStarting = status == JobStatus.STARTING;
        state = switch (state) {
            case UNNOTICED -> isStarting ? State.STOPPED : state;
            case STOPPED -> isStarting ? state : State.STARTED;
            case STARTED -> isStarting ? State.STOPPED : hasMadeMore() ? State.OVER : state;
            case OVER -> state;
        };
    }

    /** Counts begin at 0, are set to those of the snapshot, and go on from there. */
    private boolean hasMadeMore() {
        long made = job.metrics().eventsOut(SOURCE);
        if (madeBefore == 0) {
            madeBefore = made;
        }
        return made > madeBefore;
    }
}
