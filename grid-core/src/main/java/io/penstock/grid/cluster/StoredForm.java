package io.penstock.grid.cluster;

import io.penstock.grid.Codec;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys and values of a map in the form in which they are stored. A key is the canonical bytes of the codec. A value
 * has in front of its codec bytes:
 *
 * <pre>
 * 1 byte    0, or 1 if the value has a deadline
 * 8 bytes   its stamp: when it was written, in ms since the epoch, times 2^20, and a random number below that
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
    private static final int STAMP_BITS = 20;
    private static final int STAMP_AT = 1;
    private static final int DEADLINE_AT = STAMP_AT + Long.BYTES;

    private final String mapName;
    private final Codec<K> keys;
    private final Codec<V> values;

    /** @throws GridException if the codec refuses the map's types */
    StoredForm(MapRef<K, V> ref) {
        mapName = ref.name();
        try {
            keys = Codec.ofKey(ref.keyType());
            values = Codec.of(ref.valueType());
        } catch (GridException e) {
            throw named(e);
        }
    }

    Stored key(K key) {
        return new Stored(keys.encode(key));
    }

    /** @throws GridException with {@link GridException.Code#BAD_BYTES} if it is none of the map's keys */
    K key(Stored stored) {
        try {
            return keys.decode(stored.bytes());
        } catch (GridException e) {
            throw named(e);
        }
    }

    /** A stamp for a write, by which it is known again if a member makes it a second time. */
    static long stamp(long nowMs) {
        return nowMs << STAMP_BITS | ThreadLocalRandom.current().nextInt(1 << STAMP_BITS);
    }

    /** When a write was made that has a stamp. */
    static long writtenMs(long stamp) {
        return stamp >> STAMP_BITS;
    }

    /** @param deadlineMs {@link #NEVER} for none */
    Stored value(V value, long stamp, long deadlineMs) {
        byte[] encoded = encoded(value);
        boolean isTimed = deadlineMs != NEVER;
        byte[] bytes = new byte[headerLength(isTimed) + encoded.length];
        ByteBuffer header = ByteBuffer.wrap(bytes).put(isTimed ? TIMED : PLAIN).putLong(stamp);
        if (isTimed) {
            header.putLong(deadlineMs);
        }
        System.arraycopy(encoded, 0, bytes, header.position(), encoded.length);
        return new Stored(bytes);
    }

    private byte[] encoded(V value) {
        try {
            return values.encode(value);
        } catch (GridException e) {
            throw named(e);
        }
    }

    /** @throws GridException with {@link GridException.Code#BAD_BYTES} if it is none of the map's values */
    V value(Stored stored) {
        try {
            return decode(stored, values);
        } catch (GridException e) {
            throw named(e);
        }
    }

    /** The value that a codec makes of what is after the header. */
    static <V> V decode(Stored stored, Codec<V> values) {
        byte[] bytes = stored.bytes();
        int header = headerLength(bytes[0] == TIMED);
        return values.decode(bytes, header, bytes.length - header);
    }

    /**
     * What was found for a key, which somebody else may have put there.
     *
     * @throws GridException with {@link GridException.Code#BAD_BYTES} if it has not the form of a value
     */
    Stored found(Object found) {
        if (found == null) {
            return null;
        }
        if (isValue(found)) {
            return (Stored) found;
        }
        throw foreign("a value is " + text(found));
    }

    /** What was found as a key, as {@link #found}. */
    Stored foundKey(Object found) {
        if (found instanceof Stored stored) {
            return stored;
        }
        throw foreign("a key is " + text(found));
    }

    private static String text(Object found) {
        return found instanceof Stored stored ? stored.toString() : "a " + found.getClass().getName();
    }

    private GridException foreign(String what) {
        return new GridException(
                GridException.Code.BAD_BYTES,
                "map '" + mapName + "': " + what + ", which no grid has written; let nobody write to this IMap but"
                        + " grids, or give the grid a mapPrefix of its own");
    }

    private static boolean hasHeader(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == PLAIN || bytes[0] == TIMED)
                && bytes.length >= headerLength(bytes[0] == TIMED);
    }

    private GridException named(GridException e) {
        return new GridException(e.code(), "map '" + mapName + "': " + e.getMessage(), e);
    }

    /** The value; null if there is none, or it has expired. */
    V liveValue(Stored stored, long nowMs) {
        return isLive(stored, nowMs) ? value(stored) : null;
    }

    static boolean isLive(Stored stored, long nowMs) {
        return stored != null && nowMs < deadlineMs(stored);
    }

    /** Whether something has the form of a value, which somebody else may have put there. */
    static boolean isValue(Object found) {
        return found instanceof Stored stored && hasHeader(stored.bytes());
    }

    /** {@link #isLive} of what somebody else may have put there. */
    static boolean isLiveValue(Object found, long nowMs) {
        return isValue(found) && isLive((Stored) found, nowMs);
    }

    /** The number of bytes that the codec made of the value. */
    static int encodedLength(Stored stored) {
        return stored.bytes().length - headerLength(stored.bytes()[0] == TIMED);
    }

    static long deadlineMs(Stored stored) {
        return stored.bytes()[0] == TIMED ? ByteBuffer.wrap(stored.bytes()).getLong(DEADLINE_AT) : NEVER;
    }

    static long writtenMs(Stored stored) {
        return writtenMs(stampOf(stored));
    }

    static long stampOf(Stored stored) {
        return ByteBuffer.wrap(stored.bytes()).getLong(STAMP_AT);
    }

    /** Whether two values have the same codec bytes, whenever they were written. */
    static boolean sameValue(Stored a, Stored b) {
        byte[] left = a.bytes();
        byte[] right = b.bytes();
        return Arrays.equals(
                left, headerLength(left[0] == TIMED), left.length,
                right, headerLength(right[0] == TIMED), right.length);
    }

    private static int headerLength(boolean isTimed) {
        return isTimed ? DEADLINE_AT + Long.BYTES : DEADLINE_AT;
    }
}
