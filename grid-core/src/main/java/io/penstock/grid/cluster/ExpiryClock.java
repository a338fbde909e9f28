package io.penstock.grid.cluster;

import java.util.function.LongSupplier;

/**
 * The time by which the entries of a map expire.
 *
 * @param nanoClock null for the time of day
 */
record ExpiryClock(LongSupplier nanoClock, TimesToLive times) {

    /** Hazelcast counts in whole seconds, and may be up to one early. */
    private static final long SPARE_SECONDS = 1;

    /** The clock of a test may stand still, but Hazelcast's goes on. */
    private static final long SPARE_SECONDS_OF_TESTS = 30;

    static ExpiryClock of(LongSupplier nanoClock, long mapTtlNs) {
        long spareSeconds = nanoClock == null ? SPARE_SECONDS : SPARE_SECONDS_OF_TESTS;
        return new ExpiryClock(nanoClock, new TimesToLive(mapTtlNs, spareSeconds));
    }

    long nowMs() {
        return nanoClock == null ? System.currentTimeMillis() : Math.floorDiv(nanoClock.getAsLong(), 1_000_000L);
    }

    /** Whether this is the clock of a test, by which Hazelcast cannot clean up. */
    boolean isVirtual() {
        return nanoClock != null;
    }
}
