package io.penstock.bench.penstock;

import io.penstock.grid.Grid;
import io.penstock.grid.cluster.member.MemberProgram;
import java.util.List;

/** A member with the settings that a user gets who makes none. */
final class WorkloadMember implements MemberProgram {

    @Override
    public Grid join(String cluster, List<String> addresses) {
        return Grid.cluster(config -> config.name(cluster).cluster(c -> c.members(addresses.toArray(new String[0]))));
    }

    static Grid client(String cluster, List<String> addresses) {
        return Grid.connect("hazelcast://" + String.join(",", addresses), config -> config.name(cluster));
    }
}
