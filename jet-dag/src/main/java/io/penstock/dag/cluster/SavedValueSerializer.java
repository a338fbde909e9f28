package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/** Hazelcast's serializer of {@link SavedValue}. */
final class SavedValueSerializer implements StreamSerializer<SavedValue> {

    @Override
    public int getTypeId() {
        return WireSerializers.SAVED_VALUE_ID;
    }

    @Override
    public void write(ObjectDataOutput out, SavedValue value) throws IOException {
        out.writeByteArray(JavaRun.write(new Object[] {value.value()}));
    }

    @Override
    public SavedValue read(ObjectDataInput in) throws IOException {
        return new SavedValue(JavaRun.read(in.readByteArray())[0]);
    }
}
