package io.penstock.grid.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.penstock.grid.host.Cursor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A walk over the entries of a map, which fetches those of some partitions at a time: of as many as have together about
 * {@value #BATCH_ENTRIES} entries.
 */
final class ClusterCursor<K, V> implements Cursor<K, V> {

    private static final int BATCH_ENTRIES = 10_000;

    private final ClusterMap<K, V> map;
    private final IMap<Stored, Stored> entries;
    private final int batchPartitions;
    private int nextPartition;
    private Iterator<? extends Map.Entry<?, ?>> batch = Collections.emptyIterator();
    private Stored storedKey;
    private Stored storedValue;
    private K key;
    private V value;

    /** @param entryCount about so many entries there are */
    ClusterCursor(ClusterMap<K, V> map, IMap<Stored, Stored> entries, long entryCount) {
        this.map = map;
        this.entries = entries;
        int partitionCount = map.partitions().count();
        long batches = entryCount / BATCH_ENTRIES + 1;
        batchPartitions = (int) Math.max(1, partitionCount / batches);
        nextPartition = entryCount == 0 ? partitionCount : 0;
    }

    @Override
    public boolean advance() {
        map.checkOpen();
        long nowMs = map.nowMs();
        while (batch.hasNext() || fetch()) {
            if (batch.hasNext()) {
                Map.Entry<?, ?> entry = batch.next();
                storedValue = map.form().found(entry.getValue());
                value = map.form().liveValue(storedValue, nowMs);
                if (value != null) {
                    storedKey = map.form().foundKey(entry.getKey());
                    key = map.form().key(storedKey);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean fetch() {
        int partitionCount = map.partitions().count();
        if (nextPartition >= partitionCount) {
            return false;
        }
        int from = nextPartition;
        nextPartition = Math.min(partitionCount, from + batchPartitions);
        Set<? extends Map.Entry<?, ?>> fetched = from == 0 && nextPartition == partitionCount
                ? map.calls().read(entries::entrySet)
                : map.calls().read(() -> entries.entrySet(Predicates.multiPartitionPredicate(
                        map.partitions().keysOf(from, nextPartition), Predicates.alwaysTrue())));
        batch = fetched.iterator();
        return true;
    }

    @Override
    public K key() {
        return key;
    }

    @Override
    public V value() {
        return value;
    }

    Stored storedKey() {
        return storedKey;
    }

    Stored storedValue() {
        return storedValue;
    }
}
