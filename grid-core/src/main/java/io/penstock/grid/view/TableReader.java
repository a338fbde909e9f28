package io.penstock.grid.view;

import io.penstock.grid.LocalView;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapCounters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Looks up keys in a view's live table, on one thread. As with {@link MapCounters}, every load that a look-up does
 * without lets more look-ups overlap; so the reader has the table itself, and counts in fields of its own.
 */
@SuppressWarnings("unchecked") // the table holds only values of the map
public final class TableReader<K, V> implements LocalView.Reader<K, V> {

    private static final VarHandle LONG_TABLE;
    private static final VarHandle LOOKUPS;
    private static final VarHandle MISSES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LONG_TABLE = lookup.findVarHandle(TableReader.class, "longTable", LongLiveTable.class);
            LOOKUPS = lookup.findVarHandle(TableReader.class, "lookups", long.class);
            MISSES = lookup.findVarHandle(TableReader.class, "misses", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TableView<K, V> view;
    private final BatchScratch scratch = new BatchScratch();
    /** The table, if its keys are numbers and the view is open; taken away by whoever closes the view. */
    private LongLiveTable longTable;
    // written by this reader's thread only
    private long lookups;
    private long misses;

    public TableReader(TableView<K, V> view, LiveTable live) {
        this.view = view;
        longTable = live instanceof LongLiveTable table ? table : null;
    }

    /** By whoever closes the view. */
    public void forgetTable() {
        LONG_TABLE.setOpaque(this, null);
    }

    @Override
    public V get(Object key) {
        LOOKUPS.setOpaque(this, lookups + 1);
        return counted(view.live().get(key));
    }

    @Override
    public V getLong(long key) {
        LongLiveTable table = (LongLiveTable) LONG_TABLE.getOpaque(this);
        Object found = table == null ? view.live().getLong(key) : table.getLong(key);
        LOOKUPS.setOpaque(this, lookups + 1);
        return counted(found);
    }

    /** As {@link #get}, of a key that was counted already. */
    public V peek(Object key) {
        return (V) view.live().get(key);
    }

    private V counted(Object found) {
        if (found == null) {
            MISSES.setOpaque(this, misses + 1);
        }
        return (V) found;
    }

    @Override
    public int getAll(long[] keys, int count, Object[] values) {
        return counted(view.live().getAll(keys, count, values, scratch), count);
    }

    @Override
    public int getAll(Object[] keys, int count, Object[] values) {
        return counted(view.live().getAll(keys, count, values, scratch), count);
    }

    private int counted(int found, int count) {
        count(found, count - found);
        return found;
    }

    @Override
    public LocalView.Pass<V> pass() {
        return (LocalView.Pass<V>) view.live().pass();
    }

    @Override
    public void count(long hits, long misses) {
        LOOKUPS.setOpaque(this, lookups + hits + misses);
        MISSES.setOpaque(this, this.misses + misses);
    }

    /** What this reader has looked up so far; by any thread. */
    public LookupCount lookups() {
        long missed = (long) MISSES.getOpaque(this);
        return new LookupCount(Math.max(missed, (long) LOOKUPS.getOpaque(this)), missed);
    }
}
