package io.penstock.grid.cluster;

import io.penstock.grid.Codec;
import io.penstock.grid.MapRef;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys and values of a map in the form in which they are stored. A key is the canonical bytes of the codec. A value
 * has in front of its codec bytes:
 *
 * <pre>
 * 1 byte    0, or 1 if the value has a deadline
 * 8 bytes   when it was written, in ms since the epoch
 * 8 bytes   its deadline, in ms since the epoch; only if it has one
 * </pre>
 *
 * <p>The deadline is here, and not left to Hazelcast, because Hazelcast counts in whole seconds, and rounds down.
 */
final class StoredForm<K, V> {

    /** The deadline of a value that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    private static final byte PLAIN = 0;
    private static final byte TIMED = 1;
    private static final int WRITTEN_AT = 1;
    private static final int DEADLINE_AT = WRITTEN_AT + Long.BYTES;

    private final Codec<K> keys;
    private final Codec<V> values;

    /** @throws io.penstock.grid.GridException if the codec refuses the map's types */
    StoredForm(MapRef<K, V> ref) {
        keys = Codec.ofKey(ref.keyType());
        values = Codec.of(ref.valueType());
    }

    Stored key(K key) {
        return new Stored(keys.encode(key));
    }

    K key(Stored stored) {
        return keys.decode(stored.bytes());
    }

    /** @param deadlineMs {@link #NEVER} for none */
    Stored value(V value, long writtenMs, long deadlineMs) {
        byte[] encoded = values.encode(value);
        boolean isTimed = deadlineMs != NEVER;
        byte[] bytes = new byte[headerLength(isTimed) + encoded.length];
        ByteBuffer header = ByteBuffer.wrap(bytes).put(isTimed ? TIMED : PLAIN).putLong(writtenMs);
        if (isTimed) {
            header.putLong(deadlineMs);
        }
        System.arraycopy(encoded, 0, bytes, header.position(), encoded.length);
        return new Stored(bytes);
    }

    V value(Stored stored) {
        byte[] bytes = stored.bytes();
        int header = headerLength(bytes[0] == TIMED);
        return values.decode(bytes, header, bytes.length - header);
    }

    /** The value; null if there is none, or it has expired. */
    V liveValue(Stored stored, long nowMs) {
        return isLive(stored, nowMs) ? value(stored) : null;
    }

    static boolean isLive(Stored stored, long nowMs) {
        return stored != null && nowMs < deadlineMs(stored);
    }

    static long deadlineMs(Stored stored) {
        return stored.bytes()[0] == TIMED ? ByteBuffer.wrap(stored.bytes()).getLong(DEADLINE_AT) : NEVER;
    }

    static long writtenMs(Stored stored) {
        return ByteBuffer.wrap(stored.bytes()).getLong(WRITTEN_AT);
    }

    /** Whether two values have the same codec bytes, whenever they were written. */
    static boolean sameValue(Stored a, Stored b) {
        byte[] left = a.bytes();
        byte[] right = b.bytes();
        return Arrays.equals(
                left, headerLength(left[0] == TIMED), left.length, right, headerLength(right[0] == TIMED), right.length);
    }

    private static int headerLength(boolean isTimed) {
        return isTimed ? DEADLINE_AT + Long.BYTES : DEADLINE_AT;
    }
}
