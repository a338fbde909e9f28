package io.penstock.grid.heap;

/**
 * What keeps the entries of a {@link HeapTable} within their maximum.
 *
 * <p>All methods but {@link #victim} and {@link #settle} are called under the monitor of the entry's partition, and
 * take no such monitor themselves.
 */
sealed interface EntryLimit<K, V> permits RefuseWhenFull, EvictFirstInserted, EvictLeastUsed {

    /** Whether it needs a {@link HeapEntry} for each value; it is given null for entries otherwise. */
    boolean needsEntries();

    /**
     * Takes place for a value, or throws and changes nothing.
     *
     * @param newEntries 1 for a new key, 0 for a present one
     * @param moreBytes by how many bytes the map grows; may be negative
     * @param entryBytes the size of the entry
     */
    void admit(int newEntries, long moreBytes, long entryBytes);

    /** Gives back what {@link #admit} took. */
    void release(int entries, long bytes);

    /**
     * An entry is in the table now.
     *
     * @param before the one that it replaces, or null
     */
    void linked(HeapEntry<K, V> before, HeapEntry<K, V> after);

    /** An entry is not in the table any more. */
    void unlinked(HeapEntry<K, V> entry);

    /** The size of all entries; 0 if the map does not count bytes. */
    long bytes();

    /** The value of a key was read. */
    void read(Object key);

    /** Does what is left to do until the next {@link #victim} is known. */
    void settle();

    /** An entry that has to go, as long as it is still in the table; null when there is none too many. */
    HeapEntry<K, V> victim();
}
