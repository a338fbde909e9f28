package io.penstock.grid.heap;

import io.penstock.grid.Eviction;
import java.time.Duration;
import java.util.List;

/**
 * How much a heap map keeps, and for how long.
 *
 * @param maxEntries {@link Long#MAX_VALUE} if only the bytes are limited
 * @param maxBytes {@link Long#MAX_VALUE} if only the entries are limited
 * @param ttlNs of entries that have none of their own; 0 for none
 * @param partitions a power of two
 * @param journalCapacity the number of changes per partition; 0 for no journal
 * @param indexes the properties with an index, sorted
 */
public record MapLimits(
        long maxEntries, long maxBytes, Eviction eviction, long ttlNs, int partitions, int journalCapacity,
        List<String> indexes) {

    /** The settings for people. */
    String text() {
        return "at most "
                + (maxEntries == Long.MAX_VALUE ? "" : maxEntries + (maxBytes == Long.MAX_VALUE ? "" : " and "))
                + (maxBytes == Long.MAX_VALUE ? "" : maxBytes + " bytes") + ", eviction " + eviction
                + (ttlNs == 0 ? "" : ", ttl " + Duration.ofNanos(ttlNs)) + ", " + partitions + " partitions"
                + (indexes.isEmpty() ? "" : ", indexes " + indexes);
    }
}
