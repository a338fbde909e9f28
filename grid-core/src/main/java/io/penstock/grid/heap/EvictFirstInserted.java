package io.penstock.grid.heap;

import io.penstock.grid.host.MapSettings;

/**
 * Admits every key and names the entries whose keys were inserted first as those to evict.
 *
 * <p>The entries form a doubly linked ring in the order of insertion, so that every step takes constant time and a
 * removed entry leaves nothing behind. Lock order: the monitor of a partition, then this one.
 */
final class EvictFirstInserted<K, V> implements EntryLimit<K, V> {

    private final MapSettings limits;
    private final EntrySizeLimit sizeLimit;
    /** Before the first and after the last entry. */
    private final HeapEntry<K, V> ends = new HeapEntry<>(null, null, HeapEntry.NEVER, 0);
    /** Written under the monitor; read without it to find out cheaply that nothing is to be evicted. */
    private volatile long entries;
    private volatile long bytes;

    EvictFirstInserted(String mapName, MapSettings limits) {
        this.limits = limits;
        sizeLimit = new EntrySizeLimit(mapName, limits.maxBytes());
        ends.previous = ends;
        ends.next = ends;
    }

    @Override
    public boolean needsEntries() {
        return true;
    }

    @Override
    public void admit(int newEntries, long moreBytes, long entryBytes) {
        sizeLimit.check(entryBytes);
    }

    @Override
    public void release(int entries, long bytes) {}

    @Override
    public synchronized void linked(HeapEntry<K, V> before, HeapEntry<K, V> after) {
        after.previous = before == null ? ends.previous : before.previous;
        after.next = before == null ? ends : before.next;
        after.previous.next = after;
        after.next.previous = after;
        if (before == null) {
            entries = entries + 1;
            bytes = bytes + after.bytes;
        } else {
            bytes = bytes + after.bytes - before.bytes;
            before.previous = null;
            before.next = null;
        }
    }

    @Override
    public synchronized void unlinked(HeapEntry<K, V> entry) {
        entry.previous.next = entry.next;
        entry.next.previous = entry.previous;
        entry.previous = null;
        entry.next = null;
        entries = entries - 1;
        bytes = bytes - entry.bytes;
    }

    @Override
    public void read(Object key) {}

    @Override
    public void settle() {}

    @Override
    public HeapEntry<K, V> victim() {
        if (!isOverfull()) {
            return null;
        }
        synchronized (this) {
            return isOverfull() ? ends.next : null;
        }
    }

    private boolean isOverfull() {
        return entries > limits.maxEntries() || bytes > limits.maxBytes();
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
