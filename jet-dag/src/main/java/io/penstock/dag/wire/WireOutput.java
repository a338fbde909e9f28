package io.penstock.dag.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are being written. Grows as needed. Numbers have their lowest byte first. */
public final class WireOutput {

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** What Hazelcast could send at once is less. */
    private static final int SIZE_MAX = 1 << 30;
    private static final int CAPACITY_FIRST = 512;

    private byte[] bytes = new byte[CAPACITY_FIRST];
    private int size;

    /** Holds what was written, and more; valid until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Forgets what was written after that. */
    void cutTo(int size) {
        this.size = size;
    }

    /** Makes room, and returns where to write. */
    private int ensure(long more) {
        if (bytes.length - size < more) {
            if (size + more > SIZE_MAX) {
                throw new Unwritable(
                        "it needs more than " + SIZE_MAX + " bytes with the others of its batch; keep less in one");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(SIZE_MAX, Math.max(2L * bytes.length, size + more)));
        }
        return size;
    }

    /** Makes room for as many bytes, which the caller fills, and returns where they begin. */
    int reserve(long count) {
        int at = ensure(count);
        size += (int) count;
        return at;
    }

    public void put1(int value) {
        int at = reserve(1); // which may replace the bytes by longer ones
        bytes[at] = (byte) value;
    }

    /** A number of any kind, short if it is small and not below 0. */
    public void varint(long value) {
        int at = ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        size = at;
    }

    /** A number of any kind, short if it is near to 0. */
    void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** Bytes as they are. */
    void put(byte[] source, int from, int length) {
        int at = reserve(length);
        System.arraycopy(source, from, bytes, at, length);
    }

    /** A single text. */
    public void text(String text) {
        int length = text.length();
        boolean isWide = isWide(text);
        varint((long) length << 1 | (isWide ? 1 : 0));
        characters(text, isWide);
    }

    /** Whether a text has characters that need two bytes. */
    static boolean isWide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return true;
            }
        }
        return false;
    }

    /** The characters of a text as they are, unpaired surrogates, too. */
    @SuppressWarnings("deprecation") // what it does wrong concerns characters above 0xFF, of which there are none
    void characters(String text, boolean isWide) {
        int length = text.length();
        if (!isWide) {
            int at = reserve(length);
            text.getBytes(0, length, bytes, at);
            return;
        }
        int at = reserve(2L * length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            bytes[at + 2 * i] = (byte) c;
            bytes[at + 2 * i + 1] = (byte) (c >> 8);
        }
    }

    /**
     * Numbers, each in as many bytes as the distance between the least and the greatest needs: none if all are equal.
     *
     * @param widthMin the least number of bytes for each
     */
    public void numbers(long[] values, int count, int widthMin) {
        if (count == 0) {
            return;
        }
        long min = values[0];
        long max = min;
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = Math.max(widthMin, (71 - Long.numberOfLeadingZeros(max - min)) >>> 3);
        signed(min);
        put1(width);
        if (width == 0) {
            return;
        }
        int at = ensure((long) width * count + Long.BYTES);
        for (int i = 0; i < count; i++) {
            LONG.set(bytes, at, values[i] - min);
            at += width;
        }
        size = at;
    }

    /** Numbers of eight bytes each. */
    void longs(long[] values, int count) {
        int at = reserve((long) Long.BYTES * count);
        for (int i = 0; i < count; i++) {
            LONG.set(bytes, at + Long.BYTES * i, values[i]);
        }
    }

    /** Numbers of four bytes each. */
    void ints(long[] values, int count) {
        int at = reserve((long) Integer.BYTES * count);
        for (int i = 0; i < count; i++) {
            INT.set(bytes, at + Integer.BYTES * i, (int) values[i]);
        }
    }
}
