package io.penstock.grid.heap;

import io.penstock.grid.host.LookupCount;
import io.penstock.grid.view.LiveTable;
import io.penstock.grid.view.TableView;
import io.penstock.grid.view.ViewFeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The open local views of a map and the one live table behind them. It is made with the first of them, and outlives the
 * last, since the next job often looks up what the one before did: while it is not used, it still follows the map,
 * until a writer finds that this has been so for a minute.
 *
 * <p>Lock order: the lock of this, then the monitor of a {@link Partition}, then that of the {@link LiveTable}.
 * Metrics do not take this lock, under which a table is built.
 */
final class OpenViews<K, V> implements ViewFeed<K, V> {

    static final long UNUSED_NS_MAX = TimeUnit.MINUTES.toNanos(1);

    private final HeapMap<K, V> map;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by itself, as are the look-ups of the closed ones; changed only under the lock. */
    private final Set<TableView<K, V>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private LookupCount ofClosedViews = LookupCount.NONE;
    /** What the live table follows; null while there is none. */
    private HeapTable<K, V> followed;
    private volatile LiveTable live;
    /** When the last view was closed; guarded by the lock, and of no meaning while one is open. */
    private long unusedSinceNs;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    OpenViews(HeapMap<K, V> map, LongSupplier nanoTime) {
        this.map = map;
        this.nanoTime = nanoTime;
    }

    TableView<K, V> open() {
        lock.lock();
        try {
            HeapTable<K, V> table = map.table();
            if (live == null) {
                build(table);
            }
            TableView<K, V> view = new TableView<>(map, this, live);
            synchronized (open) {
                open.add(view);
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** True: the table was complete before its first view was made, and has followed the map ever since. */
    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public long lagNs() {
        return 0;
    }

    private void build(HeapTable<K, V> table) {
        LiveTable built = LiveTable.of(map.ref(), table.entryCountAsIs());
        try {
            table.follow(built, this::freeIfUnused);
        } catch (Throwable e) { // for want of memory: the map must not go on with half a table
            table.unfollow();
            throw e;
        }
        followed = table;
        live = built;
    }

    @Override
    public void close(TableView<K, V> view) {
        lock.lock();
        try {
            view.forgetTable();
            boolean wasLast;
            synchronized (open) {
                if (!open.remove(view)) {
                    return;
                }
                ofClosedViews = ofClosedViews.plus(view.lookups());
                wasLast = open.isEmpty();
            }
            if (wasLast) {
                unusedSinceNs = nanoTime.getAsLong();
            }
        } finally {
            lock.unlock();
        }
    }

    /** By writers, now and then: a table that nobody reads costs them time, and everybody memory. */
    private void freeIfUnused() {
        if (!lock.tryLock()) {
            return; // somebody opens or closes a view; there will be another writer
        }
        try {
            boolean isUsed;
            synchronized (open) {
                isUsed = !open.isEmpty();
            }
            if (!isUsed && live != null && nanoTime.getAsLong() - unusedSinceNs >= UNUSED_NS_MAX) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    private void free() {
        followed.unfollow();
        followed = null;
        live = null;
    }

    void closeAll() {
        lock.lock();
        try {
            List<TableView<K, V>> views;
            synchronized (open) {
                views = new ArrayList<>(open);
            }
            views.forEach(this::close);
            if (live != null) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- for metrics and dumps

    boolean isEmpty() {
        return live == null;
    }

    /** The entries of the live table; 0 if there is none. */
    long entryCount() {
        LiveTable present = live;
        return present == null ? 0 : present.entryCount();
    }

    /** What all readers of all views have found so far. */
    LookupCount lookups() {
        synchronized (open) {
            LookupCount sum = ofClosedViews;
            for (TableView<K, V> view : open) {
                sum = sum.plus(view.lookups());
            }
            return sum;
        }
    }
}
