package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.Callable;

/** How much a map has on all members together, with what has expired and is still there. */
record MapSizes(MemberTasks members, IMap<Stored, Stored> imap, ClusterCalls calls) {

    long entryCount() {
        return calls.read(imap::size);
    }

    /** {@link #entryCount} for those who can do with another answer while there is no cluster. */
    int entryCountOr(int otherwise) {
        return calls.readOr(otherwise, imap::size);
    }

    /** {@link #bytes} for those who can do with 0 while there is no cluster. */
    long bytesOrZero() {
        return calls.readOr(0L, this::askMembers);
    }

    /** The memory that Hazelcast needs for the entries at their owners: their bytes, and 124 or more for each. */
    long bytes() {
        return calls.read(this::askMembers);
    }

    private long askMembers() {
        return members.ask(new OwnedBytes(imap.getName())).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Runs on each member. */
    static final class OwnedBytes implements Callable<Long>, Serializable, DataSerializable, HazelcastInstanceAware {

        private static final long serialVersionUID = 1L;

        private transient String mapName;
        private transient HazelcastInstance member;

        /** For Hazelcast. */
        OwnedBytes() {}

        OwnedBytes(String mapName) {
            this.mapName = mapName;
        }

        @Override
        public void setHazelcastInstance(HazelcastInstance member) {
            this.member = member;
        }

        @Override
        public Long call() {
            return member.getMap(mapName).getLocalMapStats().getOwnedEntryMemoryCost();
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeString(mapName);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            mapName = in.readString();
        }
    }
}
