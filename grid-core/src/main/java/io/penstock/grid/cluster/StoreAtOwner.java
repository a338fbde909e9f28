package io.penstock.grid.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Replaces a value at its owner, if it is the one that was seen, or if it is alive. {@code IMap} has the first
 * without a time to live only, and the second not at all. Returns the value that it replaced, or null.
 */
final class StoreAtOwner implements EntryProcessor<Stored, Stored, Stored>, DataSerializable {

    private static final long serialVersionUID = 1L;

    private transient Stored next;
    private transient boolean hasOwnTtl;
    private transient long ttlSeconds;
    /** Null if any that is alive will do. */
    private transient Stored seen;
    private transient long nowMs;
    private transient boolean isDone;

    /** For Hazelcast. */
    StoreAtOwner() {}

    private StoreAtOwner(Stored next, boolean hasOwnTtl, long ttlSeconds, Stored seen, long nowMs) {
        this.next = next;
        this.hasOwnTtl = hasOwnTtl;
        this.ttlSeconds = ttlSeconds;
        this.seen = seen;
        this.nowMs = nowMs;
    }

    /** Replaces the value that was seen, and gives it a time to live of its own. */
    static StoreAtOwner ifSame(Stored next, long ttlSeconds, Stored seen) {
        return new StoreAtOwner(next, true, ttlSeconds, seen, 0);
    }

    /** Replaces a value that is alive. */
    static StoreAtOwner ifLive(Stored next, long nowMs) {
        return new StoreAtOwner(next, false, 0, null, nowMs);
    }


    @Override
    public Stored process(Map.Entry<Stored, Stored> entry) {
        Object found = entry.getValue();
        if (next.equals(found)) {
            isDone = false; // it is done already, by an owner that was lost
            return next;
        }
        isDone = seen != null ? seen.equals(found) : StoredForm.isLiveValue(found, nowMs);
        if (!isDone) {
            return null;
        }
        store(entry, next, hasOwnTtl, ttlSeconds);
        return (Stored) found;
    }

    static void store(Map.Entry<Stored, Stored> entry, Stored next, boolean hasOwnTtl, long ttlSeconds) {
        if (hasOwnTtl && next != null) {
            ((ExtendedMapEntry<Stored, Stored>) entry).setValue(next, ttlSeconds, TimeUnit.SECONDS);
        } else {
            entry.setValue(next);
        }
    }

    @Override
    public EntryProcessor<Stored, Stored, Stored> getBackupProcessor() {
        return isDone ? new StoreAtBackup(next, hasOwnTtl, ttlSeconds) : null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(next.bytes());
        out.writeBoolean(hasOwnTtl);
        out.writeLong(ttlSeconds);
        out.writeByteArray(seen == null ? null : seen.bytes());
        out.writeLong(nowMs);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        next = new Stored(in.readByteArray());
        hasOwnTtl = in.readBoolean();
        ttlSeconds = in.readLong();
        byte[] seenBytes = in.readByteArray();
        seen = seenBytes == null ? null : new Stored(seenBytes);
        nowMs = in.readLong();
    }
}
