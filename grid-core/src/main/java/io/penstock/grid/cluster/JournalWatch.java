package io.penstock.grid.cluster;

import com.hazelcast.core.DistributedObjectEvent;
import com.hazelcast.core.DistributedObjectListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Watches for what breaks the journals of a map: the loss of a partition, the merge of a split cluster, the destruction
 * of the map, and, for a client, another cluster than before.
 *
 * <p>A foreign {@code IMap.clear()} or {@code evictAll()} needs no watching: Hazelcast's journal has an event for each
 * entry that went.
 */
final class JournalWatch {

    private final HazelcastInstance hazelcast;
    private final IMap<Stored, Stored> entries;
    private final JournalIds ids;
    private final AtomicLongArray losses;
    private final Runnable onLoss;
    private volatile boolean wasAway;
    private boolean isWatching;
    private UUID partitionLosses;
    private UUID lifecycle;
    private UUID destructions;

    /**
     * @param losses where to count
     * @param onLoss is told that something was counted; must not block
     */
    JournalWatch(HazelcastInstance hazelcast, IMap<Stored, Stored> entries, JournalIds ids, AtomicLongArray losses,
            Runnable onLoss) {
        this.hazelcast = hazelcast;
        this.entries = entries;
        this.ids = ids;
        this.losses = losses;
        this.onLoss = onLoss;
    }

    /** Begins to watch, if it does not yet. */
    synchronized void begin() {
        if (isWatching) {
            return;
        }
        partitionLosses = entries.addPartitionLostListener(event -> lost(event.getPartitionId()));
        lifecycle = hazelcast.getLifecycleService().addLifecycleListener(event -> onState(event.getState()));
        destructions = hazelcast.addDistributedObjectListener(new Destructions());
        ids.current(); // so that it is known what the journals were called, should the connection be lost
        isWatching = true;
    }

    private void onState(LifecycleState state) {
        if (state == LifecycleState.MERGED) {
            allLost();
        } else if (state == LifecycleState.CLIENT_CONNECTED || state == LifecycleState.CLIENT_CHANGED_CLUSTER) {
            wasAway = true;
            onLoss.run();
        }
    }

    /** Whether the connection was lost since the last {@link #check}. */
    boolean mustCheck() {
        return wasAway;
    }

    /** After the connection was lost, finds out whether these are still the same journals. Asks the cluster. */
    void check() {
        wasAway = false; // first: it may happen again meanwhile
        boolean isSame;
        try {
            isSame = ids.isStillKnown();
        } catch (RuntimeException e) {
            wasAway = true;
            throw e;
        }
        if (!isSame) {
            countAll();
        }
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
        losses.incrementAndGet(partition);
        onLoss.run();
    }

    private void allLost() {
        ids.lost();
        countAll();
    }

    private void countAll() {
        for (int partition = 0; partition < losses.length(); partition++) {
            losses.incrementAndGet(partition);
        }
        onLoss.run();
    }

    synchronized void end() {
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
