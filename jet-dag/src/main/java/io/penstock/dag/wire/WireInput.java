package io.penstock.dag.wire;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/** Bytes that are being read, none of which is trusted: nothing is read, and no room is made, beyond their end. */
public final class WireInput {

    private static final long[] NONE = {};

    private final byte[] bytes;
    private final int end;
    private int at;

    public WireInput(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        at = from;
        end = from + length;
    }

    byte[] bytes() {
        return bytes;
    }

    public int left() {
        return end - at;
    }

    /** Passes over as many bytes, and returns where they begin. */
    int take(long count) throws IOException {
        if (count < 0 || count > end - at) {
            throw damaged(count + " more bytes were expected, but " + left() + " are left");
        }
        int from = at;
        at += (int) count;
        return from;
    }

    public int get1() throws IOException {
        return bytes[take(1)] & 0xFF;
    }

    public long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = get1();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number is longer than a long");
    }

    /** A number from 0 to a maximum. */
    public int varint(int max) throws IOException {
        long value = varint();
        if (value < 0 || value > max) {
            throw damaged("found " + value + " where at most " + max + " can be");
        }
        return (int) value;
    }

    long signed() throws IOException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A single text. */
    public String text() throws IOException {
        return characters(varint());
    }

    /** The characters of a text whose length, and whether they are wide, is known. */
    String characters(long lengthAndWidth) throws IOException {
        long length = lengthAndWidth >>> 1;
        if ((lengthAndWidth & 1) == 0) {
            return new String(bytes, take(length), (int) length, StandardCharsets.ISO_8859_1);
        }
        if (length > left() >> 1) {
            throw damaged("a text of " + length + " characters was expected, but " + left() + " bytes are left");
        }
        int from = take(2 * length);
        char[] text = new char[(int) length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[from + 2 * i] & 0xFF | bytes[from + 2 * i + 1] << 8);
        }
        return new String(text);
    }

    /**
     * As many numbers as {@link WireOutput#numbers} has written.
     *
     * @param count paid for: by the bytes, if {@code widthMin} is above 0, or by what the caller has
     */
    public long[] numbers(int count, int widthMin) throws IOException {
        if (count == 0) {
            return NONE;
        }
        long min = signed();
        int width = get1();
        if (width < widthMin || width > Long.BYTES) {
            throw damaged("numbers cannot have " + width + " bytes each");
        }
        int from = take((long) width * count);
        long[] values = new long[count];
        int quick = width == 0 ? 0 : Math.max(0, Math.min(count, (bytes.length - from - Long.BYTES) / width));
        long mask = width == 0 ? 0 : -1L >>> 64 - 8 * width;
        for (int i = 0; i < quick; i++) {
            values[i] = min + ((long) WireOutput.LONG.get(bytes, from + i * width) & mask);
        }
        for (int i = quick; i < count; i++) {
            values[i] = min + slow(from + i * width, width);
        }
        return values;
    }

    /** Near the end of the bytes. */
    private long slow(int from, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    /** Numbers of eight bytes each. */
    long[] longs(int count) throws IOException {
        int from = take((long) Long.BYTES * count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (long) WireOutput.LONG.get(bytes, from + Long.BYTES * i);
        }
        return values;
    }

    /** Numbers of four bytes each. */
    long[] ints(int count) throws IOException {
        int from = take((long) Integer.BYTES * count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (int) WireOutput.INT.get(bytes, from + Integer.BYTES * i);
        }
        return values;
    }

    /** Lengths of arrays of which each element takes at least as many of the bytes that are left. */
    int[] lengths(int count, int elementSize) throws IOException {
        long[] numbers = numbers(count, 0);
        int[] lengths = new int[count];
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[i] < 0 || numbers[i] > left()) {
                throw damaged("an array of " + numbers[i] + " elements was expected, but " + left() + " bytes are left");
            }
            lengths[i] = (int) numbers[i];
            sum += numbers[i];
        }
        if (sum > left() / elementSize) {
            throw damaged(sum + " elements were expected, but " + left() + " bytes are left");
        }
        return lengths;
    }

    static IOException damaged(String what) {
        return new StreamCorruptedException("events that another member has sent, or a snapshot: " + what
                + "; the bytes are damaged, or another version of Penstock has written them");
    }
}
