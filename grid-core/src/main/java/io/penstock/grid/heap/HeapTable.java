package io.penstock.grid.heap;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries of a heap map, with the limit on their number.
 *
 * <p>Every write is one {@code compute} of one key. An evicted key is never removed from within the compute of another,
 * which {@link ConcurrentHashMap} forbids: the new entry goes in first, then the excess goes out. The table therefore
 * exceeds the maximum of an evicting map by at most one entry for each writer in flight.
 */
final class HeapTable<K, V> {

    private final ConcurrentHashMap<K, HeapEntry<V>> entries = new ConcurrentHashMap<>();
    private final EntryLimit<K, V> limit;
    private final MapCounters counters;

    HeapTable(EntryLimit<K, V> limit, MapCounters counters) {
        this.limit = limit;
        this.counters = counters;
    }

    /** The table itself, for reading only. */
    ConcurrentHashMap<K, HeapEntry<V>> entries() {
        return entries;
    }

    V peek(Object key) {
        HeapEntry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** Changes a key, whether it is present or not. */
    Change<K, V> change(K key, Change.Step<K, V> step) {
        Change<K, V> change = new Change<>(limit, step);
        try {
            entries.compute(key, change);
        } catch (Throwable e) {
            takeBack(key, change.admitted());
            throw e;
        }
        settle(change);
        if (change.admitted() != null) {
            evictExcess();
        }
        return change;
    }

    /** Changes a key if it is present; the step is not called otherwise. */
    @SuppressWarnings("unchecked") // a key of another class is simply absent
    Change<K, V> changePresent(Object key, Change.Step<K, V> step) {
        Change<K, V> change = new Change<>(limit, step);
        entries.computeIfPresent((K) key, change);
        settle(change);
        return change;
    }

    private void settle(Change<K, V> change) {
        if (change.stored()) {
            counters.puts.increment();
        } else if (change.removed()) {
            limit.left();
            counters.removes.increment();
        }
    }

    private void evictExcess() {
        for (LinkedEntry<K, V> first = limit.excess(); first != null; first = limit.excess()) {
            LinkedEntry<K, V> candidate = first;
            entries.computeIfPresent(candidate.key, (key, found) -> {
                if (found != candidate) {
                    return found; // gone by now, and the key came back
                }
                limit.leave(candidate);
                counters.evictions.increment();
                return null;
            });
        }
    }

    /** The table failed after the entry was admitted, for want of memory or on a function that wrote to its own map. */
    private void takeBack(K key, HeapEntry<V> admitted) {
        if (admitted != null && entries.get(key) != admitted) {
            limit.leave(admitted);
            limit.left();
        }
    }
}
