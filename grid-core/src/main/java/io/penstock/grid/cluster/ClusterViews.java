package io.penstock.grid.cluster;

import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.view.TableReader;
import io.penstock.grid.view.TableView;
import io.penstock.grid.view.ViewFeed;
import io.penstock.grid.view.ViewSettings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The open local views of a map on a cluster and the tables behind them: one for each set of partitions, shared by all
 * views of it. A table outlives its last view by a minute, since the next job often looks up what the one before did.
 */
final class ClusterViews<K, V> {

    static final long UNUSED_NS_MAX = TimeUnit.MINUTES.toNanos(1);

    private static final long HEARTBEAT_NS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HEARTBEAT_NS_MIN = TimeUnit.MILLISECONDS.toNanos(5);

    private record Coverage(ViewSettings.Scope scope, BitSet partitions) {}

    /** A table and the views that read it; guarded by the views' monitor. */
    private final class Shared {

        private final ViewTable<K, V> table;
        private final Set<TableView<K, V>> open = Collections.newSetFromMap(new IdentityHashMap<>());
        /** When the last view was closed; of no meaning while one is open. */
        private long unusedSinceNs;

        Shared(Coverage coverage, ViewSettings settings) {
            table = new ViewTable<>(followed, tail, settings, () -> freeIfUnused(coverage));
        }
    }

    /** What a view knows of its table. */
    private final class Feed implements ViewFeed<K, V> {

        private final Shared shared;
        private final long maxLagNs;

        Feed(Shared shared, long maxLagNs) {
            this.shared = shared;
            this.maxLagNs = maxLagNs;
        }

        @Override
        public void close(TableView<K, V> view) {
            ClusterViews.this.close(shared, view);
        }

        @Override
        public boolean isComplete() {
            return shared.table.phases().isAllComplete();
        }

        @Override
        public long lagNs() {
            return followsJournal() ? shared.table.confirmation().lagNs() : 0;
        }

        @Override
        public LocalView.Reader<K, V> around(TableReader<K, V> reader) {
            OwnerLookup<K, V> owners = new OwnerLookup<>(followed, shared.table, reader);
            return maxLagNs == Long.MAX_VALUE
                    ? new AskingReader<>(reader, owners, shared.table.phases())
                    : new BoundedReader<>(reader, owners, shared.table, maxLagNs);
        }
    }

    private final FollowedMap<K, V> followed;
    private final JournalTail tail;
    private final Map<Coverage, Shared> tables = new HashMap<>();
    private final Map<TableView<K, V>, Long> maxLags = new IdentityHashMap<>();
    private LookupCount ofClosedViews = LookupCount.NONE;

    ClusterViews(FollowedMap<K, V> followed, JournalTail tail) {
        this.followed = followed;
        this.tail = tail;
    }

    private boolean followsJournal() {
        return followed.capacity() > 0;
    }

    /** Opens a view, and waits until it shows all that was in the map before. */
    LocalView<K, V> open(ViewSettings settings) {
        long sinceNs = System.nanoTime();
        Shared shared;
        TableView<K, V> view;
        synchronized (this) {
            followed.map().checkOpen();
            Coverage coverage = new Coverage(settings.scope(), settings.partitions());
            shared = tables.get(coverage);
            if (shared == null) {
                shared = new Shared(coverage, settings);
                tables.put(coverage, shared);
                if (followsJournal()) {
                    tail.add(shared.table);
                }
            }
            view = new TableView<>(followed.map(), new Feed(shared, settings.maxLagNs()), shared.table.live());
            shared.open.add(view);
            maxLags.put(view, settings.maxLagNs());
            setHeartbeat();
        }
        if (followsJournal()) {
            tail.hurry();
            await(shared, view, sinceNs);
        }
        return view;
    }

    private void await(Shared shared, TableView<K, V> view, long sinceNs) {
        long waitNsMax = followed.answers().timeout().toNanos();
        try {
            if (shared.table.confirmation().await(sinceNs, waitNsMax)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        view.close();
        followed.map().checkOpen();
        throw new GridException(
                GridException.Code.UNAVAILABLE,
                followed.text("its local view could not be loaded, and did not come on for "
                        + followed.answers().timeout()
                        + "; see whether all members answer, or raise the cluster's callTimeout"));
    }

    /** So often that the smallest maximum of a lag can be kept. */
    private void setHeartbeat() {
        long lagNs = maxLags.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        tail.heartbeatNs(Math.max(HEARTBEAT_NS_MIN, Math.min(HEARTBEAT_NS_MAX, lagNs / 2)));
    }

    private synchronized void close(Shared shared, TableView<K, V> view) {
        view.forgetTable();
        if (!shared.open.remove(view)) {
            return;
        }
        maxLags.remove(view);
        ofClosedViews = ofClosedViews.plus(view.lookups());
        shared.unusedSinceNs = System.nanoTime();
        setHeartbeat();
    }

    /** By the tail's thread, now and then. */
    private void freeIfUnused(Coverage coverage) {
        synchronized (this) {
            Shared shared = tables.get(coverage);
            if (shared != null && shared.open.isEmpty()
                    && System.nanoTime() - shared.unusedSinceNs >= UNUSED_NS_MAX) {
                tables.remove(coverage);
                tail.remove(shared.table);
            }
        }
    }

    synchronized void closeAll() {
        List<TableView<K, V>> views = new ArrayList<>();
        tables.values().forEach(shared -> views.addAll(shared.open));
        views.forEach(TableView::close);
        tables.values().forEach(shared -> tail.remove(shared.table));
        tables.clear();
    }

    // ---- for metrics

    /** The entries of all tables. */
    synchronized long entryCount() {
        return tables.values().stream().mapToLong(shared -> shared.table.live().entryCount()).sum();
    }

    /** What all readers of all views have found so far. */
    synchronized LookupCount lookups() {
        LookupCount sum = ofClosedViews;
        for (Shared shared : tables.values()) {
            for (TableView<K, V> view : shared.open) {
                sum = sum.plus(view.lookups());
            }
        }
        return sum;
    }

    /** Of the table that is furthest behind. */
    synchronized long lagNs() {
        return !followsJournal() ? 0
                : tables.values().stream().mapToLong(shared -> shared.table.confirmation().lagNs()).max().orElse(0);
    }
}
