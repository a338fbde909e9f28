package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.util.HashUtil;
import com.hazelcast.partition.PartitionService;
import io.penstock.grid.GridException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * In which partition a key of any map would be: what is kept under a key beside the maps, such as the state of a job,
 * is with the entries of that key.
 *
 * <p>Remembers where recent keys were. Used by one thread.
 *
 * <p>For the others it does what Hazelcast does for each operation, without the objects that Hazelcast makes: the
 * partition comes from the hash of the stored key as it is sent. Whether that is still so is tried out at the start;
 * if not, Hazelcast is asked.
 */
public final class KeyPartitions {

    private static final int REMEMBERED = 1 << 13;
    private static final int TRIED = 8;

    private final PartitionService partitions;
    private final int partitionCount;
    private final boolean isHashKnown;
    private final Object[] keys = new Object[REMEMBERED];
    private final int[] hashes = new int[REMEMBERED];
    private final int[] partitionsOfKeys = new int[REMEMBERED];
    private byte[] sent = new byte[64];

    public KeyPartitions(HazelcastInstance hazelcast) {
        partitions = hazelcast.getPartitionService();
        partitionCount = partitions.getPartitions().size();
        isHashKnown = isHashKnown();
    }

    private boolean isHashKnown() {
        for (long key = 0; key < TRIED; key++) {
            Stored stored = new Stored(KeyForm.of(Long.class).encode(key));
            if (hashed(stored) != asked(stored)) {
                return false;
            }
        }
        return true;
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
        // of the same class, as an equals of the user's may take other classes for equal, which have other bytes
        if (remembered != null && hashes[slot] == hash && remembered.getClass() == key.getClass()
                && remembered.equals(key)) {
            return partitionsOfKeys[slot];
        }
        KeyForm form = KeyForm.of(key.getClass());
        Stored stored = new Stored(form.encode(key));
        int partition = isHashKnown ? hashed(stored) : asked(stored);
        if (form.hasEqualsOfItsParts()) {
            keys[slot] = key;
            hashes[slot] = hash;
            partitionsOfKeys[slot] = partition;
        }
        return partition;
    }

    private int asked(Stored stored) {
        return partitions.getPartition(stored).getPartitionId();
    }

    /** As {@link StoredSerializer} sends it. */
    private int hashed(Stored stored) {
        int length = stored.bytes().length;
        if (sent.length < Integer.BYTES + length) {
            sent = Arrays.copyOf(sent, Integer.BYTES + 2 * length);
        }
        ByteBuffer.wrap(sent).putInt(length).put(stored.bytes());
        return HashUtil.hashToIndex(HashUtil.MurmurHash3_x86_32(sent, 0, Integer.BYTES + length), partitionCount);
    }

    /**
     * What Hazelcast places as the map's entry of that key would be; its serializer is every member's. For many
     * threads.
     *
     * @throws GridException with {@link GridException.Code#BAD_KEY} if its type is none for keys
     */
    public static Object stored(Object key) {
        return new Stored(KeyForm.of(key.getClass()).encode(key));
    }
}
