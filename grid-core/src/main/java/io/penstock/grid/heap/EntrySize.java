package io.penstock.grid.heap;

/** The size of an entry, as a map counts it. */
@FunctionalInterface
interface EntrySize<K, V> {

    /** In bytes; 0 for a map that does not count them. */
    long of(K key, V value);
}
