package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.host.CarriedGrid;
import java.time.Duration;

/**
 * What a grid is to its cluster, for the modules of Penstock that run work there.
 *
 * @param isMember whether this JVM is a member; a client otherwise
 * @param isOwn whether the grid started the instance, and shuts it down; it is the application's otherwise
 * @param mapPrefix by which grids of one application know each other in the cluster; jobs are told apart by it, too
 * @param callTimeout how long a call may wait for the cluster
 */
public record ClusterLink(
        HazelcastInstance hazelcast, boolean isMember, boolean isOwn, String clusterName, String mapPrefix,
        Duration callTimeout) {

    /** @throws IllegalArgumentException if the grid is on no cluster */
    public static ClusterLink of(Grid grid) {
        ClusterLink link = grid instanceof CarriedGrid carried ? carried.host().unwrap(ClusterLink.class) : null;
        if (link == null) {
            throw new IllegalArgumentException("grid '" + grid.name() + "' is on no cluster");
        }
        return link;
    }
}
