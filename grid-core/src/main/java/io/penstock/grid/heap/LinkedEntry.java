package io.penstock.grid.heap;

/** An entry with its place in the order of insertion; the links belong to {@link EvictFirstInserted}'s lock. */
final class LinkedEntry<K, V> extends HeapEntry<V> {

    final K key;
    LinkedEntry<K, V> previous;
    LinkedEntry<K, V> next;

    LinkedEntry(K key, V value) {
        super(value);
        this.key = key;
    }
}
