package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a member for the heads of the journals that it owns: one message instead of one for each partition. A partition
 * that has left the member meanwhile is asked from there.
 */
final class HeadsTask implements Callable<long[]>, HazelcastInstanceAware, Serializable {

    private static final long serialVersionUID = 1L;
    private static final long WAIT_S_MAX = 10;

    private final String mapName;
    private final int[] partitions;
    private transient HazelcastInstance hazelcast;

    HeadsTask(String mapName, int[] partitions) {
        this.mapName = mapName;
        this.partitions = partitions;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
        hazelcast = hazelcastInstance;
    }

    /** Two numbers for each partition: the oldest and the next. */
    @Override
    public long[] call() throws Exception {
        HazelcastJournal journal = new HazelcastJournal(hazelcast, hazelcast.getMap(mapName));
        List<CompletableFuture<long[]>> asked = new ArrayList<>(partitions.length);
        for (int partition : partitions) {
            asked.add(journal.head(partition));
        }
        long[] heads = new long[2 * partitions.length];
        for (int i = 0; i < partitions.length; i++) {
            long[] head = asked.get(i).get(WAIT_S_MAX, TimeUnit.SECONDS);
            heads[2 * i] = head[0];
            heads[2 * i + 1] = head[1];
        }
        return heads;
    }
}
