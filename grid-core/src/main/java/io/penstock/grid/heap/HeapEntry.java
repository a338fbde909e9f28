package io.penstock.grid.heap;

/**
 * A value with what its map keeps beside it: the time at which it ends, its size, its place among others. Maps without
 * any of that keep the bare values. A new value is a new entry.
 */
final class HeapEntry<K, V> {

    /** The deadline of an entry that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    final K key;
    final V value;
    /** By the clock of the {@link HeapTable}. */
    final long deadlineNs;
    /** 0 if the map does not count bytes. */
    final long bytes;
    /** The links belong to {@link EvictFirstInserted}'s monitor; null while the entry is not in its ring. */
    HeapEntry<K, V> previous;
    HeapEntry<K, V> next;

    HeapEntry(K key, V value, long deadlineNs, long bytes) {
        this.key = key;
        this.value = value;
        this.deadlineNs = deadlineNs;
        this.bytes = bytes;
    }

    boolean hasExpired(long nowNs) {
        return deadlineNs <= nowNs;
    }

    boolean isTimed() {
        return deadlineNs != NEVER;
    }
}
