package io.penstock.grid.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/** Hazelcast's serializer of {@link Stored}: the bytes as they are. */
final class StoredSerializer implements StreamSerializer<Stored> {

    /** Part of what members and clients must agree on; never used for anything else. */
    static final int TYPE_ID = 7_350_001;

    @Override
    public int getTypeId() {
        return TYPE_ID;
    }

    @Override
    public void write(ObjectDataOutput out, Stored stored) throws IOException {
        out.writeByteArray(stored.bytes());
    }

    @Override
    public Stored read(ObjectDataInput in) throws IOException {
        return new Stored(in.readByteArray());
    }
}
