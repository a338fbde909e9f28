package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;

/** Asks Hazelcast for tests that must not know it. */
public final class ClusterState {

    private ClusterState() {}

    /**
     * Whether every backup of a member's entries is where it belongs, and has all writes, and no partition moves. To be
     * asked when all members know who is there: a member that has not noticed yet that another is lost asks it, and
     * waits long for the answer.
     */
    public static boolean isSafe(Grid member) {
        return member.unwrap(HazelcastInstance.class).getPartitionService().isLocalMemberSafe();
    }
}
