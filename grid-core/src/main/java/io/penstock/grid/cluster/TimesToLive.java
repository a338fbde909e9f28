package io.penstock.grid.cluster;

import io.penstock.grid.host.MapChecks;
import java.util.concurrent.TimeUnit;

/**
 * When values of a map expire, and after how many seconds Hazelcast may clean up.
 *
 * @param mapTtlNs the time to live of entries that have none of their own; 0 for none
 * @param spareSeconds how much later Hazelcast is to clean up than the value expires
 */
record TimesToLive(long mapTtlNs, long spareSeconds) {

    /** Stands for the map's own time to live. */
    static final long OF_MAP = 0;

    private static final long NEVER_SECONDS = 0;
    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(10_000);

    /**
     * When a value expires that is written now.
     *
     * @param ownTtlNs {@link #OF_MAP} if it has none of its own
     * @return {@link StoredForm#NEVER} if it does not
     */
    long deadlineMs(long ownTtlNs, long nowMs) {
        long ttlNs = ttlNs(ownTtlNs);
        if (ttlNs == 0 || ttlNs == MapChecks.FOREVER_NS) {
            return StoredForm.NEVER;
        }
        long ttlMs = (ttlNs - 1) / 1_000_000 + 1;
        return nowMs > StoredForm.NEVER - ttlMs ? StoredForm.NEVER : nowMs + ttlMs;
    }

    /** After how many seconds Hazelcast may clean up, never before the deadline; 0 if it may not, as it has it. */
    long hazelcastSeconds(long ownTtlNs) {
        long ttlNs = ttlNs(ownTtlNs);
        long seconds = (ttlNs - 1) / 1_000_000_000 + 1 + spareSeconds;
        return ttlNs == 0 || seconds > MAX_SECONDS ? NEVER_SECONDS : seconds;
    }

    private long ttlNs(long ownTtlNs) {
        return ownTtlNs == OF_MAP ? mapTtlNs : ownTtlNs;
    }
}
