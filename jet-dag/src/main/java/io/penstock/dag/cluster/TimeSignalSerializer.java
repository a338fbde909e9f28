package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.io.StreamCorruptedException;

/** Hazelcast's serializer of {@link TimeSignal}. */
final class TimeSignalSerializer implements StreamSerializer<TimeSignal> {

    private static final TimeSignal.Kind[] KINDS = TimeSignal.Kind.values();

    @Override
    public int getTypeId() {
        return WireSerializers.TIME_SIGNAL_ID;
    }

    @Override
    public void write(ObjectDataOutput out, TimeSignal signal) throws IOException {
        out.writeByte(signal.kind().ordinal());
        out.writeInt(signal.partition());
        out.writeInt(signal.sender());
        out.writeLong(signal.watermarkMs());
    }

    @Override
    public TimeSignal read(ObjectDataInput in) throws IOException {
        int kind = in.readByte();
        if (kind < 0 || kind >= KINDS.length) {
            throw new StreamCorruptedException("a signal is of the unknown kind " + kind);
        }
        return new TimeSignal(in.readInt(), in.readInt(), KINDS[kind], in.readLong());
    }
}
