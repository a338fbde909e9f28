package io.penstock.dag.cluster;

import com.hazelcast.partition.PartitionAware;
import java.io.Serializable;

/**
 * The key of an entry in Jet's snapshot. Jet gives it back to the processor that owns the partition of the key of the
 * state, which is where the rows of that key go.
 */
record SavedKey(String stage, Object key) implements PartitionAware<Object>, Serializable {

    @Override
    public Object getPartitionKey() {
        return key;
    }
}
