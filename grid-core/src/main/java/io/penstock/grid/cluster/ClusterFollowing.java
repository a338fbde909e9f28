package io.penstock.grid.cluster;

import com.hazelcast.core.DistributedObjectEvent;
import com.hazelcast.core.DistributedObjectListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import io.penstock.grid.Changes;
import io.penstock.grid.GridException;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapSettings;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * All that follows a map on a cluster: readers of its changes, listeners, local views. Whatever is asked of it first
 * begins to watch for what breaks the journals: the loss of a partition, the merge of a split cluster, the destruction
 * of the map.
 *
 * <p>A foreign {@code IMap.clear()} or {@code evictAll()} needs no watching: Hazelcast's journal has an event for each
 * entry that went.
 */
final class ClusterFollowing<K, V> {

    private static final String IDS = "penstock.journals";

    private final HostedMap<K, V> map;
    private final IMap<Stored, Stored> entries;
    private final HazelcastInstance hazelcast;
    private final MapSettings settings;
    private final HazelcastJournal journal;
    private final JournalIds ids;
    private final FollowedMap<K, V> followed;
    private final ClusterChanges<K, V> changes;
    private boolean isWatching;
    private UUID partitionLosses;
    private UUID lifecycle;
    private UUID destructions;

    /** @param clockMs by which entries expire */
    ClusterFollowing(HostedMap<K, V> map, IMap<Stored, Stored> entries, StoredForm<K, V> form,
            HazelcastInstance hazelcast, MapSettings settings, HostContext context, ClusterCalls calls,
            LongSupplier clockMs) {
        this.map = map;
        this.entries = entries;
        this.hazelcast = hazelcast;
        this.settings = settings;
        journal = new HazelcastJournal(hazelcast, entries);
        ids = new JournalIds(hazelcast.getMap(IDS), entries.getName());
        followed = new FollowedMap<>(
                map, journal, new ChangeForm<>(form, clockMs),
                new Answers(calls, context.cluster().callTimeout(), map.ref().name()), settings.journalCapacity(),
                new AtomicLongArray(journal.partitionCount()), () -> calls.read(ids::current));
        changes = new ClusterChanges<>(followed);
    }

    Changes<K, V> changes() {
        if (settings.journalCapacity() == 0) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    followed.text("keeps no journal of its changes; set journalCapacity above 0"));
        }
        watch();
        return changes;
    }

    // ---- what breaks the journals

    private synchronized void watch() {
        if (isWatching) {
            return;
        }
        partitionLosses = entries.addPartitionLostListener(event -> lost(event.getPartitionId()));
        lifecycle = hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                allLost();
            }
        });
        destructions = hazelcast.addDistributedObjectListener(new Destructions());
        isWatching = true;
    }

    /** Listens for the end of the map, which somebody may make again under the same name. */
    private final class Destructions implements DistributedObjectListener {

        @Override
        public void distributedObjectCreated(DistributedObjectEvent event) {}

        @Override
        public void distributedObjectDestroyed(DistributedObjectEvent event) {
            if (entries.getName().equals(event.getObjectName())) {
                allLost();
            }
        }
    }

    private void lost(int partition) {
        ids.lost();
        followed.losses().incrementAndGet(partition);
    }

    private void allLost() {
        ids.lost();
        for (int partition = 0; partition < followed.losses().length(); partition++) {
            followed.losses().incrementAndGet(partition);
        }
    }

    // ---- its end

    /** Stops following. Idempotent. */
    synchronized void close() {
        if (!isWatching) {
            return;
        }
        isWatching = false;
        if (hazelcast.getLifecycleService().isRunning()) {
            entries.removePartitionLostListener(partitionLosses);
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycle);
            hazelcast.removeDistributedObjectListener(destructions);
        }
    }
}
