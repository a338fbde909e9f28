package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventWriter;
import java.io.IOException;

/** Hazelcast's serializer of {@link SavedKey}: version, stage, instance, ordinal, and the key, as events are written. */
final class SavedKeySerializer implements StreamSerializer<SavedKey> {

    private final EventForms forms = new EventForms();

    @Override
    public int getTypeId() {
        return WireSerializers.SAVED_KEY_ID;
    }

    @Override
    public void write(ObjectDataOutput out, SavedKey key) throws IOException {
        if (key.bytes() != null) {
            WireBytes.write(key.bytes(), out);
            return;
        }
        EventWriter to = forms.writer();
        key.write(to);
        WireBytes.write(to.out(), out);
        forms.done(to);
    }

    @Override
    public SavedKey read(ObjectDataInput in) throws IOException {
        return new SavedKey(WireBytes.read(in), forms);
    }
}
