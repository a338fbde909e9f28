package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import io.penstock.dag.operator.Batch;

/** Hazelcast's serializer of {@link Rows}. */
final class RowsSerializer implements StreamSerializer<Rows> {

    @Override
    public int getTypeId() {
        return WireSerializers.ROWS_ID;
    }

    @Override
    public void write(ObjectDataOutput out, Rows rows) throws IOException {
        Batch batch = rows.batch();
        out.writeInt(rows.partition());
        out.writeInt(rows.sender());
        Object[] events = new Object[batch.size()];
        long[] timesMs = new long[batch.size()];
        for (int row = 0; row < events.length; row++) {
            events[row] = batch.event(row);
            timesMs[row] = batch.timeMs(row);
        }
        out.writeLongArray(timesMs);
        out.writeByteArray(JavaRun.write(events));
    }

    @Override
    public Rows read(ObjectDataInput in) throws IOException {
        int partition = in.readInt();
        int sender = in.readInt();
        long[] timesMs = in.readLongArray();
        Object[] events = JavaRun.read(in.readByteArray());
        Batch batch = new Batch();
        for (int row = 0; row < events.length; row++) {
            batch.add(timesMs[row], events[row]);
        }
        return new Rows(partition, sender, batch);
    }
}
