package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import io.penstock.grid.Codec;
import io.penstock.grid.GridException;

/**
 * In which partition a key of any map would be: what is kept under a key beside the maps, such as the state of a job, is
 * with the entries of that key.
 *
 * <p>Remembers where recent keys were. Used by one thread.
 */
public final class KeyPartitions {

    private static final int REMEMBERED = 4_096;

    private static final ClassValue<Codec<Object>> CODECS = new ClassValue<>() {
        @Override
        @SuppressWarnings("unchecked")
        protected Codec<Object> computeValue(Class<?> type) {
            return (Codec<Object>) Codec.ofKey(type);
        }
    };

    private final PartitionService partitions;
    private final Object[] keys = new Object[REMEMBERED];
    private final int[] partitionsOfKeys = new int[REMEMBERED];

    public KeyPartitions(HazelcastInstance hazelcast) {
        partitions = hazelcast.getPartitionService();
    }

    /**
     * The partition of a key, from 0.
     *
     * @throws GridException with {@link GridException.Code#BAD_KEY} if its type is none for keys
     */
    public int of(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        int slot = (hash ^ hash >>> 16) & REMEMBERED - 1;
        Object remembered = keys[slot];
        if (remembered != null && remembered.equals(key)) {
            return partitionsOfKeys[slot];
        }
        int partition = partitions.getPartition(stored(key)).getPartitionId();
        keys[slot] = key;
        partitionsOfKeys[slot] = partition;
        return partition;
    }

    /**
     * What Hazelcast places as the map's entry of that key would be; its serializer is every member's.
     *
     * @throws GridException with {@link GridException.Code#BAD_KEY} if its type is none for keys
     */
    public static Object stored(Object key) {
        Class<?> type = key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
        return new Stored(CODECS.get(type).encode(key));
    }
}
