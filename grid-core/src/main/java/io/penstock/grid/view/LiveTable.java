package io.penstock.grid.view;

import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The table behind the local views of a map: written by one thread at a time, read by any number without locks.
 *
 * <p><b>Why a reader never sees nonsense.</b> The entries stand in arrays, a key and its value in the same slot. Within
 * one set of arrays a slot gets its key once and keeps it, also when the key is removed (its value is then a mark) and
 * comes back. The writer writes the key, then stores the value with release; a reader loads the value with acquire,
 * then reads the key, which is thus the one that belongs to the value; a null value ends its search. A value is one
 * reference and cannot be torn.
 *
 * <p>When half of the slots have a key, present or removed, the writer copies the present ones into new arrays and
 * publishes these through one volatile field; it never writes to the old ones again. A reader that still reads the old
 * arrays sees the table as it was when they were copied, and when it looks again, reads the new ones, which are never
 * behind the old: so it never sees a value of a key that is older than one it has seen.
 *
 * <p>Lock order: the monitor of a partition, then this table's monitor.
 */
public abstract sealed class LiveTable permits LongLiveTable, ObjectLiveTable {

    private final String mapName;
    /** Written under the monitor, read at any time. */
    private final AtomicLong entryCount = new AtomicLong();

    LiveTable(String mapName) {
        this.mapName = mapName;
    }

    /** An empty table that can take that many entries before it is copied. */
    public static LiveTable of(MapRef<?, ?> ref, long entryCount) {
        return ref.keyType() == Long.class || ref.keyType() == Integer.class
                ? new LongLiveTable(ref.name(), ref.keyType(), entryCount)
                : new ObjectLiveTable(ref.name(), entryCount);
    }

    // ---- reading, by any thread

    /** The value of a key, or null. */
    abstract Object get(Object key);

    /** The value of a Long or Integer key, or null. */
    abstract Object getLong(long key);

    /** As {@link io.penstock.grid.LocalView.Reader#getAll(long[], int, Object[])}. */
    final int getAll(long[] keys, int count, Object[] values, BatchScratch scratch) {
        Objects.checkFromIndexSize(0, count, Math.min(keys.length, values.length));
        int found = 0;
        for (int from = 0; from < count; from += BatchScratch.ROWS_MAX) {
            found += getBatch(keys, from, Math.min(count - from, BatchScratch.ROWS_MAX), values, scratch);
        }
        return found;
    }

    /** As {@link io.penstock.grid.LocalView.Reader#getAll(Object[], int, Object[])}. */
    final int getAll(Object[] keys, int count, Object[] values, BatchScratch scratch) {
        Objects.checkFromIndexSize(0, count, Math.min(keys.length, values.length));
        int found = 0;
        for (int from = 0; from < count; from += BatchScratch.ROWS_MAX) {
            found += getBatch(keys, from, Math.min(count - from, BatchScratch.ROWS_MAX), values, scratch);
        }
        return found;
    }

    abstract int getBatch(long[] keys, int from, int count, Object[] values, BatchScratch scratch);

    abstract int getBatch(Object[] keys, int from, int count, Object[] values, BatchScratch scratch);

    /** The present arrays. */
    abstract LocalView.Pass<?> pass();

    public final long entryCount() {
        return entryCount.get();
    }

    // ---- writing

    public final synchronized void put(Object key, Object value) {
        if (Removed.hide(store(key, value)) == null) {
            entryCount.setRelease(entryCount.getPlain() + 1);
        }
    }

    public final synchronized void remove(Object key) {
        if (markRemoved(key)) {
            entryCount.setRelease(entryCount.getPlain() - 1);
        }
    }

    /** Stores a value and returns what was found; if it fails, nothing has changed. */
    abstract Object store(Object key, Object value);

    /** Whether the key was present. */
    abstract boolean markRemoved(Object key);

    /** The capacity of a copy with room for more than what is present. */
    final int capacityForCopy() {
        int capacity = SlotArrays.capacityWithRoom(entryCount.getPlain());
        if (entryCount.getPlain() >= SlotArrays.usedMax(capacity)) {
            throw new GridException(
                    GridException.Code.MAP_FULL,
                    "map '" + mapName + "': its local view holds its maximum of " + SlotArrays.usedMax(capacity)
                            + " entries; lower the map's maxEntries, or close its local views");
        }
        return capacity;
    }

    final GridException notLong() {
        return new GridException(
                GridException.Code.BAD_KEY,
                "map '" + mapName + "': look-ups by long need keys of type Long or Integer; use get(Object) or"
                        + " getAll(Object[], ...), and ask hasLongKeys() before");
    }
}
