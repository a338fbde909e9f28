package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a function that was given to a map on an entry where it lives, and answers with an {@link OwnersAnswer}. Backups
 * get what was decided, and never run it.
 *
 * <p>A function that fails, or that this member cannot run, does not fail here: that is the answer, and the caller
 * decides what to do. Hazelcast would send some exceptions again and again, and others as another class.
 */
final class ProcessAtOwner implements EntryProcessor<Stored, Stored, Stored>, DataSerializable,
        HazelcastInstanceAware {

    private static final long serialVersionUID = 1L;

    private transient MapTypes types;
    private transient TimesToLive times;
    private transient List<String> indexes;
    private transient long stamp;
    private transient boolean mayInsert;
    private transient byte[] function;
    /** Null if the function is for any entry, present or not. */
    private transient byte[] predicate;
    /** What the caller has given, if this is its JVM. */
    private transient OwnersWork<?, ?> work;
    private transient HazelcastInstance member;
    /** Null until it was run. */
    private transient OwnersAnswer answer;

    /** For Hazelcast. */
    ProcessAtOwner() {}

    /**
     * Prepares a call.
     *
     * @param work for the case that this JVM is the owner
     * @param stamp of the write, if it comes to one
     * @param mayInsert whether an absent key may become present
     */
    ProcessAtOwner(MapTypes types, TimesToLive times, List<String> indexes, long stamp, boolean mayInsert,
            byte[] function, byte[] predicate, OwnersWork<?, ?> work) {
        this.types = types;
        this.times = times;
        this.indexes = indexes;
        this.stamp = stamp;
        this.mayInsert = mayInsert;
        this.function = function;
        this.predicate = predicate;
        this.work = work;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public Stored process(Map.Entry<Stored, Stored> entry) {
        answer = decide(entry);
        if (answer.isStored() || answer.isRemoved()) {
            StoreAtOwner.store(entry, answer.next(), answer.hasOwnTtl(), seconds(answer));
        }
        return answer.write();
    }

    private OwnersAnswer decide(Map.Entry<?, ?> entry) {
        OwnersWork<?, ?> ready;
        try {
            ready = work != null ? work : work();
        } catch (ClassNotFoundException | IOException | RuntimeException | LinkageError e) {
            return OwnersAnswer.cannot(e.toString());
        }
        return ready.run(entry.getKey(), entry.getValue(), times, stamp, mayInsert);
    }

    private OwnersWork<?, ?> work() throws ClassNotFoundException, IOException {
        TypesAtOwner atOwner = TypesAtOwner.of(member);
        return OwnersWork.of(
                atOwner.known(types), indexes, atOwner.function(function),
                predicate == null ? null : atOwner.function(predicate));
    }

    private long seconds(OwnersAnswer decided) {
        return decided.hasOwnTtl() ? times.hazelcastSeconds(decided.ttlNs()) : 0;
    }

    @Override
    public EntryProcessor<Stored, Stored, Stored> getBackupProcessor() {
        return answer != null && (answer.isStored() || answer.isRemoved())
                ? new StoreAtBackup(answer.next(), answer.hasOwnTtl(), seconds(answer))
                : null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        types.write(out);
        out.writeLong(times.mapTtlNs());
        out.writeLong(times.spareSeconds());
        out.writeInt(indexes.size());
        for (String index : indexes) {
            out.writeString(index);
        }
        out.writeLong(stamp);
        out.writeBoolean(mayInsert);
        out.writeByteArray(function);
        out.writeByteArray(predicate);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        types = MapTypes.read(in);
        times = new TimesToLive(in.readLong(), in.readLong());
        indexes = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            indexes.add(in.readString());
        }
        stamp = in.readLong();
        mayInsert = in.readBoolean();
        function = in.readByteArray();
        predicate = in.readByteArray();
    }
}
