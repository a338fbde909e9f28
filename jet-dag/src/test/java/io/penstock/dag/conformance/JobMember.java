package io.penstock.dag.conformance;

import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.cluster.member.MemberProgram;
import java.time.Duration;
import java.util.List;

/** A member of a cluster that runs jobs, in whichever process. */
final class JobMember implements MemberProgram {

    @Override
    public Grid join(String cluster, List<String> addresses) {
        return start(cluster, addresses);
    }

    static Grid start(String cluster, List<String> addresses) {
        return Grid.cluster(config -> settings(config, cluster)
                .cluster(c -> c.members(addresses.toArray(new String[0]))));
    }

    static Grid client(String cluster, List<String> addresses) {
        return Grid.connect("hazelcast://" + String.join(",", addresses), config -> settings(config, cluster));
    }

    /** All members and clients have the same. */
    private static GridConfig settings(GridConfig config, String cluster) {
        FollowedMap.configureMember(config);
        return config.name(cluster)
                .cluster(c -> c.partitionCount(FollowedMap.PARTITIONS_OF_CLUSTER).callTimeout(Duration.ofSeconds(30)));
    }
}
