package io.penstock.grid.host;

import io.penstock.grid.Eviction;
import io.penstock.grid.MergePolicy;
import java.time.Duration;
import java.util.List;

/**
 * How much a map keeps, for how long, and where.
 *
 * @param maxEntries {@link Long#MAX_VALUE} if only the bytes are limited
 * @param maxBytes {@link Long#MAX_VALUE} if only the entries are limited
 * @param ttlNs of entries that have none of their own; 0 for none
 * @param partitions a power of two
 * @param journalCapacity the number of changes per partition; 0 for no journal
 * @param indexes the properties with an index, sorted
 * @param backups as the next three, without meaning on an embedded grid
 */
public record MapSettings(
        long maxEntries, long maxBytes, Eviction eviction, long ttlNs, int partitions, int journalCapacity,
        List<String> indexes, int backups, int asyncBackups, boolean readsBackups, MergePolicy mergePolicy) {

    public boolean countsBytes() {
        return maxBytes != Long.MAX_VALUE;
    }

    /** The settings for people, as they go on after the number of entries. */
    public String text() {
        String most = maxEntries == Long.MAX_VALUE
                ? " entries of at most " + maxBytes + " bytes"
                : " of at most " + maxEntries + " entries" + (countsBytes() ? " and " + maxBytes + " bytes" : "");
        return most + ", eviction " + eviction
                + (ttlNs == 0 ? "" : ", ttl " + Duration.ofNanos(ttlNs))
                + (indexes.isEmpty() ? "" : ", indexes " + indexes);
    }
}
