package io.penstock.bench.map;

import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A grid map on a cluster with an open local view of all its entries. What is right is asked of the map. */
final class OfClusterView extends OfGridMap {

    private static final long FULL_NS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LocalView<Long, Item> view;

    OfClusterView(GridMap<Long, Item> map, Runnable closing) {
        super(map, closing);
        view = map.localView();
    }

    /** Returns when the view has all entries, too. */
    @Override
    public void load(Long[] keys, Item[] items) {
        Batches.of(keys, items, this::putAll);
        long startNs = System.nanoTime();
        while (!view.isComplete() || view.entryCount() != keys.length) {
            if (System.nanoTime() - startNs > FULL_NS_MAX) {
                throw new IllegalStateException(
                        "the view has " + view.entryCount() + " entries, not " + keys.length + ", after 2 minutes");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public LongLookups lookups() {
        return new OfReader(view.reader());
    }
}
