package io.penstock.grid.heap;

/**
 * What keeps the number of entries of a {@link HeapTable} at its maximum.
 *
 * <p>{@link #admit} and {@link #leave} are called while the entry's key is locked in the table, so they must not touch
 * the table; {@link #left} and {@link #excess} are called with no key locked.
 */
sealed interface EntryLimit<K, V> permits RefuseWhenFull, EvictFirstInserted {

    /** Makes the entry of a new key, or throws and changes nothing. */
    HeapEntry<V> admit(K key, V value);

    /** The entry is about to be removed from the table. */
    void leave(HeapEntry<V> entry);

    /** An entry that left is now gone from the table. */
    void left();

    /**
     * The entry to evict next, or null when there is none too many. Several threads may be told the same one.
     */
    LinkedEntry<K, V> excess();
}
