package io.penstock.grid.heap;

import io.penstock.grid.GridException;
import io.penstock.grid.host.FullMap;
import io.penstock.grid.host.MapSettings;
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
    private final long maxBytes;
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    RefuseWhenFull(String mapName, MapSettings limits) {
        this.mapName = mapName;
        maxEntries = limits.maxEntries();
        maxBytes = limits.maxBytes();
    }

    @Override
    public boolean needsEntries() {
        return maxBytes != Long.MAX_VALUE;
    }

    @Override
    public void admit(int newEntries, long moreBytes, long entryBytes) {
        take(entries, newEntries, maxEntries, "entries");
        if (moreBytes != 0) {
            try {
                take(bytes, moreBytes, maxBytes, "bytes");
            } catch (GridException e) {
                entries.addAndGet(-newEntries);
                throw e;
            }
        }
    }

    private void take(AtomicLong taken, long more, long max, String unit) {
        long before;
        do {
            before = taken.get();
            if (more > 0 && before > max - more) {
                throw unit.equals("bytes")
                        ? FullMap.ofBytes(mapName, before, max, more)
                        : FullMap.ofEntries(mapName, before, max);
            }
        } while (more != 0 && !taken.compareAndSet(before, before + more));
    }

    @Override
    public void release(int entries, long bytes) {
        this.entries.addAndGet(-entries);
        if (bytes != 0) {
            this.bytes.addAndGet(-bytes);
        }
    }

    @Override
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void linked(HeapEntry<K, V> before, HeapEntry<K, V> after) {}

    @Override
    public void unlinked(HeapEntry<K, V> entry) {}

    @Override
    public void read(Object key) {}

    @Override
    public void settle() {}

    @Override
    public HeapEntry<K, V> victim() {
        return null;
    }
}
