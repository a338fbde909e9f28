package io.penstock.grid.cluster;

import io.penstock.grid.host.MapChecks;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which the entries of a map expire.
 *
 * @param nanoClock null for the time of day
 * @param mapTtlNs the time to live of entries that have none of their own; 0 for none
 */
record ExpiryClock(LongSupplier nanoClock, long mapTtlNs) {

    /** Stands for the map's own time to live, in ns and in Hazelcast's seconds. */
    static final long OF_MAP = 0;

    /** Hazelcast's word for an entry that does not expire. */
    static final long NEVER_SECONDS = 0;

    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(10_000);

    /** Hazelcast counts in whole seconds and may be up to one early. */
    private static final long SPARE_SECONDS = 1;

    /** A clock of a test stands still, but Hazelcast's goes on. */
    private static final long SPARE_SECONDS_OF_TESTS = 4;

    long nowMs() {
        return nanoClock == null ? System.currentTimeMillis() : Math.floorDiv(nanoClock.getAsLong(), 1_000_000L);
    }

    /**
     * When a value expires that is written now.
     *
     * @param ownTtlNs {@link #OF_MAP} if it has none of its own
     * @return {@link StoredForm#NEVER} if it does not
     */
    long deadlineMs(long ownTtlNs, long nowMs) {
        long ttlNs = ownTtlNs == OF_MAP ? mapTtlNs : ownTtlNs;
        if (ttlNs == 0 || ttlNs == MapChecks.FOREVER_NS) {
            return StoredForm.NEVER;
        }
        long ttlMs = (ttlNs - 1) / 1_000_000 + 1;
        return nowMs > StoredForm.NEVER - ttlMs ? StoredForm.NEVER : nowMs + ttlMs;
    }

    /** After how many seconds Hazelcast may clean up: never before the deadline. {@link #NEVER_SECONDS} for never. */
    long hazelcastSeconds(long ownTtlNs) {
        long ttlNs = ownTtlNs == OF_MAP ? mapTtlNs : ownTtlNs;
        long seconds = (ttlNs - 1) / 1_000_000_000 + 1 + (nanoClock == null ? SPARE_SECONDS : SPARE_SECONDS_OF_TESTS);
        return ttlNs == 0 || seconds > MAX_SECONDS ? NEVER_SECONDS : seconds;
    }
}
