package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventWriter;
import java.io.IOException;

/** Hazelcast's serializer of {@link SavedValue}: the version and the value, as events are written. */
final class SavedValueSerializer implements StreamSerializer<SavedValue> {

    private final EventForms forms = new EventForms();

    @Override
    public int getTypeId() {
        return WireSerializers.SAVED_VALUE_ID;
    }

    @Override
    public void write(ObjectDataOutput out, SavedValue saved) throws IOException {
        if (saved.bytes() != null) {
            WireBytes.write(saved.bytes(), out);
            return;
        }
        EventWriter to = forms.writer();
        saved.write(to);
        WireBytes.write(to.out(), out);
        forms.done(to);
    }

    @Override
    public SavedValue read(ObjectDataInput in) throws IOException {
        return new SavedValue(WireBytes.read(in), forms);
    }
}
