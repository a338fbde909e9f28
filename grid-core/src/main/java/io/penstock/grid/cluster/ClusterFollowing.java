package io.penstock.grid.cluster;

import com.hazelcast.client.Client;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.penstock.grid.Changes;
import io.penstock.grid.Eviction;
import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapListener;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.ListenerRegistration;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapThreads;
import io.penstock.grid.view.ViewSettings;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** All that follows a map on a cluster: readers of its changes, listeners, local views. */
final class ClusterFollowing<K, V> {

    private static final String IDS = "penstock.journals";
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final MapThreads threads;
    private final ClusterCalls calls;
    private final MapSettings settings;
    private final FollowedMap<K, V> followed;
    private final JournalWatch watch;
    private final JournalTail tail;
    private final ClusterChanges<K, V> changes;
    private final ClusterViews<K, V> views;
    private final Waker waker = new Waker();
    /** Guarded by this. */
    private int listenerCount;

    /**
     * @param timed whether the map may have entries that expire
     * @param clockMs by which they do
     */
    ClusterFollowing(HostedMap<K, V> map, IMap<Stored, Stored> entries, StoredForm<K, V> form,
            HazelcastInstance hazelcast, MapSettings settings, HostContext context, ClusterCalls calls,
            TimedFlag timed, LongSupplier clockMs) {
        this.settings = settings;
        this.calls = calls;
        threads = context.threads();
        HazelcastJournal journal = new HazelcastJournal(hazelcast, entries);
        JournalIds ids = new JournalIds(() -> hazelcast.getMap(IDS), entries.getName());
        JournalHealth health = new JournalHealth(journal.partitionCount());
        watch = new JournalWatch(
                hazelcast, entries, ids, health, journal::ownedBy,
                () -> settings.eviction() != Eviction.NONE || timed.isRaised(), this::wake);
        followed = new FollowedMap<>(
                map, journal, new ChangeForm<>(form, clockMs),
                new Answers(calls, context.cluster().callTimeout(), map.ref().name()), settings.journalCapacity(),
                health, () -> calls.read(ids::current), this::check);
        tail = new JournalTail(followed, "penstock-" + context.gridName() + "-follow-" + map.ref().name(),
                paceNs(hazelcast));
        changes = new ClusterChanges<>(followed);
        views = new ClusterViews<>(followed, tail);
    }

    /**
     * Where the common pool has one thread or none, Hazelcast's client starts a thread for each answer. Fewer answers
     * with more events each are then better than the earliest.
     */
    private static long paceNs(HazelcastInstance hazelcast) {
        boolean startsThreads = ForkJoinPool.getCommonPoolParallelism() <= 1
                && hazelcast.getLocalEndpoint() instanceof Client;
        return startsThreads ? PACE_NS : 0;
    }

    private void wake() {
        tail.wake();
    }

    private void check() {
        if (watch.mustCheck()) {
            calls.read(() -> {
                watch.check();
                return null;
            });
        }
    }

    private void beginToWatch() {
        calls.read(() -> {
            watch.begin();
            return null;
        });
    }

    Changes<K, V> changes() {
        if (settings.journalCapacity() == 0) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    followed.text("keeps no journal of its changes; set journalCapacity above 0"));
        }
        beginToWatch();
        return changes;
    }

    /** A view of a map without a journal has nothing in its table, and asks the owners about every key. */
    LocalView<K, V> localView(ViewSettings view) {
        if (settings.journalCapacity() > 0) {
            beginToWatch();
        }
        return views.open(view);
    }

    // ---- listeners

    MapListener.Registration listen(MapListener<K, V> listener) {
        changes();
        beginListening();
        ListenerRegistration<K, V> registration;
        try {
            registration = new ListenerRegistration<>(
                    followed.map(), listener, changes.fromNow(partitions -> tail.places().known()), threads);
            threads.add(registration);
        } catch (RuntimeException e) {
            endListening();
            throw e;
        }
        return new Listening(registration);
    }

    private synchronized void beginListening() {
        if (listenerCount++ == 0) {
            tail.add(waker);
        }
    }

    private synchronized void endListening() {
        if (--listenerCount == 0) {
            tail.remove(waker);
        }
    }

    /** A listener, for which the journals are followed. */
    private final class Listening implements MapListener.Registration {

        private final MapListener.Registration registration;
        private boolean isClosed;

        Listening(MapListener.Registration registration) {
            this.registration = registration;
        }

        @Override
        public synchronized void close() {
            registration.close();
            if (!isClosed) {
                isClosed = true;
                endListening();
            }
        }
    }

    /** Wakes the thread that tells listeners, whose readers then read what the tail knows of. */
    private final class Waker implements TailFollower {

        @Override
        public BitSet partitions() {
            BitSet all = new BitSet();
            all.set(0, followed.journal().partitionCount());
            return all;
        }

        @Override
        public void onEvents(int partition, List<JournalEvent> events) {
            threads.wake();
        }

        @Override
        public void onGap(int partition, boolean isLost) {
            threads.wake();
        }

        @Override
        public void onHeads(long askedNs, JournalHeads heads) {
            threads.wake();
        }

        @Override
        public long work() {
            return Long.MAX_VALUE;
        }
    }

    // ---- for metrics

    /** As of the last heartbeat; 0 while nobody listens or has a view, since asking the owners would not be cheap. */
    long journalCount() {
        return tail.places().keptCounts().sum();
    }

    double journalFill() {
        long most = tail.places().keptCounts().max().orElse(0);
        return most == 0 ? 0 : most / (double) settings.journalCapacity();
    }

    long viewEntryCount() {
        return views.entryCount();
    }

    LookupCount viewLookups() {
        return views.lookups();
    }

    double viewLagSeconds() {
        return views.lagNs() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    // ---- its end

    /** Stops following. Idempotent. */
    void close() {
        views.closeAll();
        tail.close();
        watch.end();
    }
}
