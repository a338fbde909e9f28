package io.penstock.demo;

import java.io.Serializable;
import java.util.function.LongSupplier;

/**
 * Event time against a clock: what happened an hour after the first event is due an hour after the first question,
 * divided by the rate. Not thread-safe.
 */
final class Pace {

    private static final double NS_PER_MS = 1e6;

    /** Ns since any moment, such as {@link System#nanoTime}; travels with the source. */
    interface Clock extends LongSupplier, Serializable {}

    /**
     * How fast, and by which clock.
     *
     * @param timesRealTime positive; infinite for as fast as possible
     */
    record Rate(double timesRealTime, Clock nowNs) implements Serializable {

        static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY, System::nanoTime);
    }

    private final Rate rate;
    private boolean isStarted;
    private long startNs;
    private long startEventMs;

    Pace(Rate rate) {
        this.rate = rate;
    }

    /** Whether an event of that time is due; the first one asked for is, and starts the clock. */
    boolean isDue(long eventMs) {
        if (Double.isInfinite(rate.timesRealTime)) {
            return true;
        }
        long nowNs = rate.nowNs.getAsLong();
        if (!isStarted) {
            isStarted = true;
            startNs = nowNs;
            startEventMs = eventMs;
        }
        return (eventMs - startEventMs) * NS_PER_MS <= (nowNs - startNs) * rate.timesRealTime;
    }
}
