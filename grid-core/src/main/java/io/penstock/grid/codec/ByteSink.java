package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are being written: grows up to a maximum. Numbers have their lowest byte first. */
final class ByteSink {

    static final VarHandle SHORT = view(short[].class);
    static final VarHandle CHAR = view(char[].class);
    static final VarHandle INT = view(int[].class);
    static final VarHandle LONG = view(long[].class);
    static final VarHandle FLOAT = view(float[].class);
    static final VarHandle DOUBLE = view(double[].class);

    private static final int CAPACITY_FIRST = 256;
    /** A writer asks for up to as much more than it then needs. */
    private static final int SLACK = 16;

    private final int sizeMax;
    private byte[] bytes = new byte[CAPACITY_FIRST];
    private int at;

    ByteSink(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return at;
    }

    int capacity() {
        return bytes.length;
    }

    void clear() {
        at = 0;
    }

    private void ensure(long more) {
        if (bytes.length - at < more) {
            grow(more);
        }
    }

    private void grow(long more) {
        if (at + more > (long) sizeMax + SLACK) {
            throw tooLarge(sizeMax);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, at + more), (long) sizeMax + SLACK));
    }

    static Fault tooLarge(int sizeMax) {
        return new Fault(
                Code.TOO_LARGE,
                "the value needs more than maxBytes, which is " + sizeMax + "; raise it in the codec's options, or keep"
                        + " less in one value");
    }

    void tag(int tag) {
        ensure(1);
        bytes[at++] = (byte) tag;
    }

    /** A count, an id: not below 0. */
    void varint(int value) {
        ensure(5);
        int rest = value;
        while (rest > 0x7F) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    /** A number of any sign, without a tag. */
    void signed(long value) {
        ensure(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    void put1(int value) {
        ensure(1);
        bytes[at++] = (byte) value;
    }

    void put2(int value) {
        ensure(2);
        SHORT.set(bytes, at, (short) value);
        at += 2;
    }

    void put4(int value) {
        ensure(4);
        INT.set(bytes, at, value);
        at += 4;
    }

    void put8(long value) {
        ensure(8);
        LONG.set(bytes, at, value);
        at += 8;
    }

    void intValue(int value) {
        ensure(5);
        if (value >= Tag.SMALL_MIN && value <= Tag.SMALL_MAX) {
            bytes[at++] = (byte) (Tag.SMALL_INT - Tag.SMALL_MIN + value);
            return;
        }
        int size = 40 - Integer.numberOfLeadingZeros(value ^ value >> 31) >>> 3;
        bytes[at] = (byte) (Tag.INT - 1 + size);
        INT.set(bytes, at + 1, value);
        at += 1 + size;
    }

    void longValue(long value) {
        ensure(9);
        if (value >= Tag.SMALL_MIN && value <= Tag.SMALL_MAX) {
            bytes[at++] = (byte) (Tag.SMALL_LONG - Tag.SMALL_MIN + (int) value);
            return;
        }
        int size = 72 - Long.numberOfLeadingZeros(value ^ value >> 63) >>> 3;
        bytes[at] = (byte) (Tag.LONG - 1 + size);
        LONG.set(bytes, at + 1, value);
        at += 1 + size;
    }

    /** With its tag. The form depends on the characters alone, so equal texts have equal bytes. */
    void text(String text) {
        int length = text.length();
        int start = at;
        ensure(length + 6L);
        if (length <= Tag.SHORT_TEXT_MAX) {
            bytes[at++] = (byte) (Tag.SHORT_TEXT + length);
        } else {
            bytes[at++] = Tag.LATIN1;
            varint(length);
        }
        byte[] target = bytes;
        int to = at;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                at = start;
                utf16(text);
                return;
            }
            target[to + i] = (byte) c;
        }
        at = to + length;
    }

    /** Character by character, because an encoder of the JDK would replace unpaired surrogates. */
    private void utf16(String text) {
        int length = text.length();
        ensure(2L * length + 6);
        bytes[at++] = Tag.UTF16;
        varint(length);
        for (int i = 0; i < length; i++) {
            CHAR.set(bytes, at + 2 * i, text.charAt(i));
        }
        at += 2 * length;
    }

    void put(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, at, source.length);
        at += source.length;
    }

    /** Makes room for {@code size} bytes, which the caller fills, and returns where they start. */
    int reserve(long size) {
        ensure(size);
        int start = at;
        at += (int) size;
        return start;
    }
}
