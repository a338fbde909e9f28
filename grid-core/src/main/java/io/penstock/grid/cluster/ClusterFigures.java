package io.penstock.grid.cluster;

import io.penstock.grid.Changes;
import io.penstock.grid.MapFigures;
import io.penstock.grid.host.MapSettings;
import java.util.List;

/** What a map on a cluster tells of its size. */
record ClusterFigures<K, V>(
        MapSettings settings, MapSizes sizes, ClusterQueries<K, V> queries, ClusterFollowing<K, V> following) {

    MapFigures now(long entryCount) {
        return new MapFigures(entryCount, bytes(entryCount), journalChanges(), following.viewEntryCount());
    }

    private long bytes(long entryCount) {
        if (settings.countsBytes()) {
            return sizes.bytes();
        }
        QueryAtOwner sample = entryCount == 0 ? null : queries.sampleSizes();
        return sample == null || sample.count() == 0 ? 0 : sample.bytes() * entryCount / sample.count();
    }

    private long journalChanges() {
        if (settings.journalCapacity() == 0) {
            return 0;
        }
        Changes<K, V> changes = following.changes();
        List<Long> oldest = changes.oldest().next();
        List<Long> next = changes.now().next();
        long count = 0;
        for (int partition = 0; partition < next.size(); partition++) {
            count += Math.max(0, next.get(partition) - oldest.get(partition));
        }
        return count;
    }
}
