package io.penstock.grid.heap;

/**
 * Admits every key and names the entries that were inserted first as those to evict.
 *
 * <p>The entries form a doubly linked ring in the order of insertion, so that every step takes constant time and a
 * removed entry leaves nothing behind. Lock order: a key of the table, then this ring's monitor; never the reverse.
 * An entry is linked just before it enters the table and unlinked just before it leaves, both while its key is locked:
 * who holds the lock of a key sees its entry either in both or in neither.
 */
final class EvictFirstInserted<K, V> implements EntryLimit<K, V> {

    private final long maxEntries;
    /** Before the first and after the last entry. */
    private final LinkedEntry<K, V> ends = new LinkedEntry<>(null, null);
    /** Written under the monitor; read without it to find out cheaply that nothing is to be evicted. */
    private volatile long linkedCount;

    EvictFirstInserted(long maxEntries) {
        this.maxEntries = maxEntries;
        ends.previous = ends;
        ends.next = ends;
    }

    @Override
    public HeapEntry<V> admit(K key, V value) {
        LinkedEntry<K, V> entry = new LinkedEntry<>(key, value);
        synchronized (this) {
            entry.previous = ends.previous;
            entry.next = ends;
            ends.previous.next = entry;
            ends.previous = entry;
            linkedCount = linkedCount + 1;
        }
        return entry;
    }

    @Override
    public synchronized void leave(HeapEntry<V> entry) {
        unlink((LinkedEntry<?, ?>) entry);
    }

    @Override
    public void left() {}

    @Override
    public LinkedEntry<K, V> excess() {
        if (linkedCount <= maxEntries) {
            return null;
        }
        synchronized (this) {
            return linkedCount > maxEntries ? ends.next : null;
        }
    }

    private <A, B> void unlink(LinkedEntry<A, B> entry) {
        entry.previous.next = entry.next;
        entry.next.previous = entry.previous;
        entry.previous = null;
        entry.next = null;
        linkedCount = linkedCount - 1;
    }
}
