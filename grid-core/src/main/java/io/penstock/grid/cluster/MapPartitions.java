package io.penstock.grid.cluster;

import com.hazelcast.partition.PartitionService;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The partitions of a cluster, and of each a number that is in it as a key, by which queries are sent there. */
final class MapPartitions {

    private final int[] keys;

    MapPartitions(PartitionService partitions) {
        keys = new int[partitions.getPartitions().size()];
        boolean[] isFound = new boolean[keys.length];
        int missing = keys.length;
        for (int key = 0; missing > 0; key++) {
            int partition = partitions.getPartition(key).getPartitionId();
            if (!isFound[partition]) {
                isFound[partition] = true;
                keys[partition] = key;
                missing--;
            }
        }
    }

    int count() {
        return keys.length;
    }

    /** A key in a partition. */
    Integer keyOf(int partition) {
        return keys[partition];
    }

    /** Keys in the partitions from one on to, but without, another. */
    Set<Object> keysOf(int from, int to) {
        return IntStream.range(from, to).mapToObj(partition -> keys[partition]).collect(Collectors.toSet());
    }
}
