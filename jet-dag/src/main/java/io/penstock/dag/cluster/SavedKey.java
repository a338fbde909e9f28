package io.penstock.dag.cluster;

import com.hazelcast.partition.PartitionAware;
import io.penstock.grid.cluster.KeyPartitions;

/**
 * The key of an entry in Jet's snapshot. Jet gives it back to the processor that owns the partition in which a map has
 * the key of the state, which is where the rows of that key go.
 *
 * @param stage the node of the plan that saved the entry
 * @param instance the instance of the node, from 0
 * @param ordinal the number of the entry among those of the instance
 * @param key by which the state is kept
 */
record SavedKey(String stage, int instance, long ordinal, Object key) implements PartitionAware<Object> {

    @Override
    public Object getPartitionKey() {
        return KeyPartitions.stored(key);
    }
}
