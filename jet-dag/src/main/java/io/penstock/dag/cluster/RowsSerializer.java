package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventReader;
import io.penstock.dag.wire.EventWriter;
import io.penstock.dag.wire.WireInput;
import io.penstock.dag.wire.WireOutput;
import java.io.IOException;

/**
 * Hazelcast's serializer of {@link Rows}: the version, the partition, the sender and the number of rows; then the times
 * of all, and the events of all.
 */
final class RowsSerializer implements StreamSerializer<Rows> {

    private final EventForms forms = new EventForms();

    @Override
    public int getTypeId() {
        return WireSerializers.ROWS_ID;
    }

    @Override
    public void write(ObjectDataOutput out, Rows rows) throws IOException {
        EventWriter to = forms.writer();
        write(to, rows);
        WireBytes.write(to.out(), out);
        forms.done(to);
    }

    private static void write(EventWriter to, Rows rows) {
        Batch batch = rows.batch();
        int count = batch.size();
        Object[] events = new Object[count];
        long[] timesMs = new long[count];
        for (int row = 0; row < count; row++) {
            events[row] = batch.event(row);
            timesMs[row] = batch.timeMs(row);
        }
        WireOutput out = to.out();
        WireBytes.begin(out);
        out.varint(rows.partition());
        out.varint(rows.sender());
        out.varint(count);
        out.numbers(timesMs, count, 0);
        to.events(events, count, () -> "an event");
    }

    @Override
    public Rows read(ObjectDataInput in) throws IOException {
        WireInput bytes = WireBytes.input(WireBytes.read(in));
        int partition = bytes.varint(Integer.MAX_VALUE);
        int sender = bytes.varint(Integer.MAX_VALUE);
        int count = bytes.varint(Batch.CAPACITY);
        long[] timesMs = bytes.numbers(count, 0);
        Object[] events = new EventReader(forms, bytes).events(count);
        Batch batch = new Batch();
        for (int row = 0; row < count; row++) {
            batch.add(timesMs[row], events[row]);
        }
        return new Rows(partition, sender, batch);
    }
}
