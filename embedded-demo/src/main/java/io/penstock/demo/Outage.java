package io.penstock.demo;

import io.penstock.dag.JobStatus;
import java.util.function.LongSupplier;

/**
 * How long a job needs to go on after a member was lost: until it reads flights again, behind the place where its last
 * snapshot was taken. Not thread-safe.
 */
final class Outage {

    private static final double NS_PER_SECOND = 1e9;

    private enum State {
        UNNOTICED, STOPPED, STARTED, OVER
    }

    private final FlightJob job;
    private final LongSupplier nowNs;
    private final long startNs;
    private long flightsAtSnapshot;
    private State state = State.UNNOTICED;
    private long endNs;

    /** Begins now. */
    Outage(FlightJob job, LongSupplier nowNs) {
        this.job = job;
        this.nowNs = nowNs;
        startNs = nowNs.getAsLong();
    }

    /** Looks at the job, which should be done again and again; returns whether the job has gone on, or has ended. */
    boolean isOver() {
        JobStatus status = job.job().status();
        state = switch (state) {
            case UNNOTICED -> status == JobStatus.STARTING ? State.STOPPED : status.isEnd() ? ended() : state;
            case STOPPED -> status == JobStatus.RUNNING ? State.STARTED : status.isEnd() ? ended() : state;
            case STARTED -> status == JobStatus.STARTING ? State.STOPPED : status.isEnd() ? ended() : started();
            case OVER -> state;
        };
        return state == State.OVER;
    }

    /** Counts begin at 0, are set to those of the snapshot, and go on from there. */
    private State started() {
        long flights = job.job().metrics().eventsOut("departures");
        if (flightsAtSnapshot == 0) {
            flightsAtSnapshot = flights;
        }
        return flights > flightsAtSnapshot ? ended() : State.STARTED;
    }

    private State ended() {
        endNs = nowNs.getAsLong();
        return State.OVER;
    }

    /** From the loss until the job went on or, if it has not, until now. */
    double seconds() {
        return ((state == State.OVER ? endNs : nowNs.getAsLong()) - startNs) / NS_PER_SECOND;
    }
}
