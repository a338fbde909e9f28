package io.penstock.dag.cluster;

import com.hazelcast.jet.core.BroadcastKey;

/**
 * Tells whether a snapshot has the state of all instances of a vertex. It has not if some had ended by then; which they
 * only do when {@linkplain EndOfExecution all work is done}. So a job that goes on from such a snapshot has nothing to
 * do.
 *
 * <p>For this, each instance saves how many there are, for all who come after.
 */
final class SavedInstances {

    /** The key of what is saved here, beside those of the stages. */
    private enum Mark {
        INSTANCES
    }

    private int found;
    private int expected;

    /** The entry's key for an instance of a vertex. */
    static BroadcastKey<SavedKey> key(String vertex, int instance) {
        return BroadcastKey.broadcastKey(new SavedKey(vertex, instance, -1, Mark.INSTANCES));
    }

    /** Takes an entry of a snapshot if it is one of these. */
    boolean restore(SavedKey key, Object value) {
        if (key.key() != Mark.INSTANCES) {
            return false;
        }
        found++;
        expected = (int) value;
        return true;
    }

    /** With all entries restored: whether some instance had ended. */
    boolean isIncomplete() {
        return found == 0 || found < expected;
    }
}
