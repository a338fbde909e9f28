package io.penstock.dag.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.penstock.dag.wire.WireInput;
import io.penstock.dag.wire.WireOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/** Bytes of ours between those of Hazelcast. */
final class WireBytes {

    /** The version of the form of rows and of saved entries, with which their bytes begin. */
    private static final int VERSION = 1;

    private WireBytes() {}

    static void begin(WireOutput out) {
        out.put1(VERSION);
    }

    static void write(WireOutput from, ObjectDataOutput out) throws IOException {
        out.writeInt(from.size());
        out.write(from.bytes(), 0, from.size());
    }

    /** What was read, and goes on as it is. */
    static void write(byte[] bytes, ObjectDataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] read(ObjectDataInput in) throws IOException {
        int length = in.readInt();
        if (length < 1 || in instanceof InputStream stream && length > stream.available()) {
            throw new StreamCorruptedException("found a length of " + length + " bytes, which are not there");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** What comes after the version. */
    static WireInput input(byte[] bytes) throws IOException {
        WireInput in = new WireInput(bytes, 0, bytes.length);
        int version = in.get1();
        if (version != VERSION) {
            throw new StreamCorruptedException("found version " + version + " of the form of rows and state, expected "
                    + VERSION + "; all members must run the same version of Penstock");
        }
        return in;
    }
}
