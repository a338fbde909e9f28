package io.penstock.grid.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Map;

/** Stores at a backup what was decided at the owner, so that functions run at the owner only. */
final class StoreAtBackup implements EntryProcessor<Stored, Stored, Stored>, DataSerializable {

    private static final long serialVersionUID = 1L;

    /** Null to remove the key. */
    private transient Stored next;
    private transient boolean hasOwnTtl;
    private transient long ttlSeconds;

    /** For Hazelcast. */
    StoreAtBackup() {}

    StoreAtBackup(Stored next, boolean hasOwnTtl, long ttlSeconds) {
        this.next = next;
        this.hasOwnTtl = hasOwnTtl;
        this.ttlSeconds = ttlSeconds;
    }

    @Override
    public Stored process(Map.Entry<Stored, Stored> entry) {
        StoreAtOwner.store(entry, next, hasOwnTtl, ttlSeconds);
        return null;
    }

    /** None: it runs at backups only. */
    @Override
    public EntryProcessor<Stored, Stored, Stored> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(next == null ? null : next.bytes());
        out.writeBoolean(hasOwnTtl);
        out.writeLong(ttlSeconds);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        byte[] bytes = in.readByteArray();
        next = bytes == null ? null : new Stored(bytes);
        hasOwnTtl = in.readBoolean();
        ttlSeconds = in.readLong();
    }
}
