package io.penstock.grid.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.GridException;

/** Which members own the keys of a map, as far as is known here without asking. */
record KeyOwners(String mapName, HazelcastInstance hazelcast) {

    /** Null if it is not known. */
    Member of(Stored key) {
        return hazelcast.getPartitionService().getPartition(key).getOwner();
    }

    /**
     * Called after a removal was told that there is nothing to remove.
     *
     * @param owner of the key when the removal was sent
     * @throws GridException with {@link GridException.Code#OUTCOME_UNKNOWN} if that member was lost: it may have made
     *     the removal, and its successor found nothing
     */
    void checkStillThere(Member owner) {
        if (!isStillThere(owner)) {
            throw answerLost("a removal was made again, since the key's owner was lost, and found nothing: it may have"
                    + " removed the key before, or there was none");
        }
    }

    boolean isStillThere(Member owner) {
        return owner == null || hazelcast.getCluster().getMembers().contains(owner);
    }

    /** For a write that was made, though its answer was lost. */
    GridException answerLost(String what) {
        return new GridException(GridException.Code.OUTCOME_UNKNOWN, "map '" + mapName + "': " + what);
    }
}
