package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/** Hazelcast's serializer of {@link SavedKey}. */
final class SavedKeySerializer implements StreamSerializer<SavedKey> {

    @Override
    public int getTypeId() {
        return WireSerializers.SAVED_KEY_ID;
    }

    @Override
    public void write(ObjectDataOutput out, SavedKey key) throws IOException {
        out.writeString(key.stage());
        out.writeInt(key.instance());
        out.writeLong(key.ordinal());
        out.writeByteArray(JavaRun.write(new Object[] {key.key()}));
    }

    @Override
    public SavedKey read(ObjectDataInput in) throws IOException {
        return new SavedKey(in.readString(), in.readInt(), in.readLong(), JavaRun.read(in.readByteArray())[0]);
    }
}
