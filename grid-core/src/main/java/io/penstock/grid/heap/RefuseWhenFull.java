package io.penstock.grid.heap;

import io.penstock.grid.GridException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses new keys at the maximum.
 *
 * <p>A place is taken before the entry is in the table and given back after it is gone from it, so that the table never
 * holds more than the maximum, not even for a moment.
 */
final class RefuseWhenFull<K, V> implements EntryLimit<K, V> {

    private final String mapName;
    private final long maxEntries;
    private final AtomicLong taken = new AtomicLong();

    RefuseWhenFull(String mapName, long maxEntries) {
        this.mapName = mapName;
        this.maxEntries = maxEntries;
    }

    @Override
    public HeapEntry<V> admit(K key, V value) {
        HeapEntry<V> entry = new HeapEntry<>(value);
        long before;
        do {
            before = taken.get();
            if (before >= maxEntries) {
                throw new GridException(
                        GridException.Code.MAP_FULL,
                        "map '" + mapName + "' holds its maximum of " + maxEntries + " entries and refuses a new key;"
                                + " raise maxEntries, remove entries, or choose eviction INSERTION_ORDER");
            }
        } while (!taken.compareAndSet(before, before + 1));
        return entry;
    }

    @Override
    public void leave(HeapEntry<V> entry) {}

    @Override
    public void left() {
        taken.decrementAndGet();
    }

    @Override
    public LinkedEntry<K, V> excess() {
        return null;
    }
}
