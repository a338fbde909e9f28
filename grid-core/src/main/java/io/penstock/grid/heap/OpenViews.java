package io.penstock.grid.heap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The open local views of a map and the one live table behind them, which is made with the first and freed with the
 * last.
 *
 * <p>Lock order: this monitor, then a key of the {@link HeapTable}, then the monitor of the {@link LiveTable}. Metrics
 * do not take this monitor, under which a table is built.
 */
final class OpenViews<K, V> {

    private final HeapMap<K, V> map;
    /** Guarded by itself, as are the look-ups of the closed ones; changed only under this monitor. */
    private final Set<HeapLocalView<K, V>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final LookupCount ofClosedViews = new LookupCount();
    /** What the live table follows; null while no view is open. */
    private HeapTable<K, V> followed;
    /** Null while no view is open. */
    private volatile LiveTable live;

    OpenViews(HeapMap<K, V> map) {
        this.map = map;
    }

    synchronized HeapLocalView<K, V> open() {
        HeapTable<K, V> table = map.table();
        if (live == null) {
            build(table);
        }
        HeapLocalView<K, V> view = new HeapLocalView<>(map, this, live);
        synchronized (open) {
            open.add(view);
        }
        return view;
    }

    private void build(HeapTable<K, V> table) {
        LiveTable built = LiveTable.of(map.ref(), table.entries().mappingCount());
        try {
            table.follow(built);
        } catch (Throwable e) { // for want of memory: the map must not go on with half a table
            table.unfollow();
            throw e;
        }
        followed = table;
        live = built;
    }

    synchronized void close(HeapLocalView<K, V> view) {
        view.forgetTable();
        boolean wasLast;
        synchronized (open) {
            if (!open.remove(view)) {
                return;
            }
            ofClosedViews.add(view.lookups());
            wasLast = open.isEmpty();
        }
        if (wasLast) {
            followed.unfollow();
            followed = null;
            live = null;
        }
    }

    synchronized void closeAll() {
        List<HeapLocalView<K, V>> views;
        synchronized (open) {
            views = new ArrayList<>(open);
        }
        views.forEach(this::close);
    }

    // ---- for metrics and dumps

    boolean isEmpty() {
        return live == null;
    }

    /** The entries of the live table; 0 while no view is open. */
    long entryCount() {
        LiveTable present = live;
        return present == null ? 0 : present.entryCount();
    }

    /** What all readers of all views have found so far. */
    LookupCount lookups() {
        LookupCount sum = new LookupCount();
        synchronized (open) {
            sum.add(ofClosedViews);
            open.forEach(view -> sum.add(view.lookups()));
        }
        return sum;
    }
}
