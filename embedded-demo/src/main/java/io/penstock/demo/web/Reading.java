package io.penstock.demo.web;

import java.util.List;

/**
 * What a run had done at one moment. Times are event times in ms since the epoch, {@link #NO_TIME} before the first.
 *
 * @param seconds since the start of the run
 * @param sourceTimeMs how far the source has read
 * @param eventTimeMs all outcomes before it are evaluated
 * @param stages in the order in which an event travels
 * @param takeovers in the order of their times
 */
public record Reading(
        Status status,
        double seconds,
        Counts counts,
        Quality quality,
        long sourceTimeMs,
        long eventTimeMs,
        List<Stage> stages,
        List<Takeover> takeovers) {

    /** No event time is known. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** The end of event time: a stage has seen everything. */
    public static final long END_OF_TIME = Long.MAX_VALUE;

    public Reading {
        stages = List.copyOf(stages);
        takeovers = List.copyOf(takeovers);
    }

    /** Where a run stands. */
    public enum Status {
        RUNNING, ENDED, INTERRUPTED, FAILED
    }

    /** @param events departures and outcomes that were read */
    public record Counts(long flights, long events, long skipped, long notFound, long scored, long notScored) {}

    /**
     * How good the scores are; a figure that is not defined yet is NaN.
     *
     * @param aucRecent over the newest outcomes
     * @param aucFirst over all scores of the model's first version
     * @param aucLater over all scores of its later versions
     */
    public record Quality(
            long outcomes,
            double aucRecent,
            double aucAll,
            double aucFirst,
            double aucLater,
            double precision,
            double recall) {}

    /**
     * What the instances of a stage have done together.
     *
     * @param failed failures and late events, which went to a side output or were dropped
     * @param watermarkMs the least of its instances
     */
    public record Stage(String name, int workers, long in, long out, long failed, long watermarkMs) {

        /** What it has worked on: what it took or, as a source takes nothing, what it gave. */
        long events() {
            return in > 0 ? in : out;
        }
    }

    /** A version of the model, and the departure of the first flight that it scored. */
    public record Takeover(int version, long fromMs) {}

    boolean isRunning() {
        return status == Status.RUNNING;
    }

    /** 0 of a stage that is not known yet. */
    long eventsOf(String stage) {
        return stages.stream().filter(each -> each.name().equals(stage)).mapToLong(Stage::events).findAny().orElse(0);
    }

    /** How far, in event time, the evaluation is behind the source. */
    long lagMs() {
        return isTime(sourceTimeMs) && isTime(eventTimeMs) ? Math.max(0, sourceTimeMs - eventTimeMs) : 0;
    }

    /** Whether it is a time at all, and not the end of it. */
    static boolean isTime(long timeMs) {
        return timeMs != NO_TIME && timeMs != END_OF_TIME;
    }
}
