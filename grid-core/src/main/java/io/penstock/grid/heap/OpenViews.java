package io.penstock.grid.heap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The open local views of a map and the one live table behind them, which is made with the first and freed with the
 * last.
 *
 * <p>Lock order: this monitor, then a key of the {@link HeapTable}, then the monitor of the {@link LiveTable}.
 */
final class OpenViews<K, V> {

    private final HeapMap<K, V> map;
    private final Set<HeapLocalView<K, V>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final LookupCount ofClosedViews = new LookupCount();
    /** What the live table follows; both are null while no view is open. */
    private HeapTable<K, V> followed;
    private LiveTable live;

    OpenViews(HeapMap<K, V> map) {
        this.map = map;
    }

    synchronized HeapLocalView<K, V> open() {
        HeapTable<K, V> table = map.table();
        if (open.isEmpty()) {
            build(table);
        }
        HeapLocalView<K, V> view = new HeapLocalView<>(map, this, live);
        open.add(view);
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
        if (!open.remove(view)) {
            return;
        }
        view.forgetTable();
        ofClosedViews.add(view.lookups());
        if (open.isEmpty()) {
            followed.unfollow();
            followed = null;
            live = null;
        }
    }

    synchronized void closeAll() {
        new ArrayList<>(open).forEach(this::close);
    }

    // ---- for metrics

    /** The entries of the live table; 0 while no view is open. */
    synchronized long entryCount() {
        return live == null ? 0 : live.entryCount();
    }

    /** What all readers of all views have found so far. */
    synchronized LookupCount lookups() {
        LookupCount sum = new LookupCount();
        sum.add(ofClosedViews);
        open.forEach(view -> sum.add(view.lookups()));
        return sum;
    }
}
