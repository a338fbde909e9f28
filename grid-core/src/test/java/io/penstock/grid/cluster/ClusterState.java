package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;

/** What a member knows of its cluster, for tests that must not know Hazelcast. */
public record ClusterState(int memberCount, boolean isSafe) {

    /** Asks a grid that is a member. It is safe when every backup is where it belongs, and has all writes. */
    public static ClusterState of(Grid member) {
        HazelcastInstance hazelcast = member.unwrap(HazelcastInstance.class);
        return new ClusterState(
                hazelcast.getCluster().getMembers().size(), hazelcast.getPartitionService().isClusterSafe());
    }
}
