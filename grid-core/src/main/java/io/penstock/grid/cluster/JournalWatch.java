package io.penstock.grid.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.DistributedObjectEvent;
import com.hazelcast.core.DistributedObjectListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import java.util.BitSet;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Watches for what breaks the journals of a map: the loss of a partition, the merge of a split cluster, the destruction
 * of the map, and, for a client, another cluster than before; and for members that leave, after which it is to be seen
 * whether the backups' journals go on where theirs ended.
 *
 * <p>A foreign {@code IMap.clear()} or {@code evictAll()} needs no watching: Hazelcast's journal has an event for each
 * entry that went.
 */
final class JournalWatch {

    private final HazelcastInstance hazelcast;
    private final IMap<Stored, Stored> entries;
    private final JournalIds ids;
    private final JournalHealth health;
    private final Runnable onLoss;
    private final Function<UUID, BitSet> ownedBy;
    private final BooleanSupplier losesByItself;
    private volatile boolean wasAway;
    /** Partitions whose owners have left, until {@link #check}. */
    private final Queue<BitSet> orphans = new ConcurrentLinkedQueue<>();
    private boolean isWatching;
    private UUID partitionLosses;
    private UUID lifecycle;
    private UUID destructions;
    private UUID departures;

    /**
     * @param health where to count
     * @param ownedBy the partitions that a member owned when it left
     * @param losesByItself whether entries of the map may go without a writer; may ask the cluster
     * @param onLoss is told that something was counted; must not block
     */
    JournalWatch(HazelcastInstance hazelcast, IMap<Stored, Stored> entries, JournalIds ids, JournalHealth health,
            Function<UUID, BitSet> ownedBy, BooleanSupplier losesByItself, Runnable onLoss) {
        this.hazelcast = hazelcast;
        this.entries = entries;
        this.ids = ids;
        this.health = health;
        this.ownedBy = ownedBy;
        this.losesByItself = losesByItself;
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
        departures = hazelcast.getCluster().addMembershipListener(new Departures());
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

    /** Whether the connection was lost, or a member left, since the last {@link #check}. */
    boolean mustCheck() {
        return wasAway || !orphans.isEmpty();
    }

    /** Finds out what the loss of the connection, or of a member, means to the journals. Asks the cluster. */
    void check() {
        if (wasAway) {
            checkSame();
        }
        while (!orphans.isEmpty()) {
            boolean mayMiss = losesByItself.getAsBoolean();
            BitSet owned = orphans.poll();
            if (mayMiss && owned != null) {
                owned.stream().forEach(health::doubt);
            }
        }
    }

    private void checkSame() {
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

    private final class Departures implements MembershipListener {

        @Override
        public void memberAdded(MembershipEvent event) {}

        @Override
        public void memberRemoved(MembershipEvent event) {
            BitSet owned = ownedBy.apply(event.getMember().getUuid());
            if (!owned.isEmpty()) {
                orphans.add(owned);
            }
            health.memberLeft();
            onLoss.run();
        }
    }

    private void lost(int partition) {
        ids.lost();
        health.lost(partition);
        onLoss.run();
    }

    private void allLost() {
        ids.lost();
        countAll();
    }

    private void countAll() {
        health.allLost();
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
            hazelcast.getCluster().removeMembershipListener(departures);
        }
    }
}
