package io.penstock.grid.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being read, none of which is trusted: nothing is read, and no room is made, beyond their end. */
final class ByteSource {

    private byte[] bytes;
    private int at;
    private int end;

    void reset(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    void need(long size) {
        if (size > end - at) {
            throw Fault.badBytes("they end too early: " + size + " more were expected, but " + left() + " are left");
        }
    }

    boolean startsWith(byte[] prefix) {
        return prefix.length <= end - at && Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
    }

    void skip(long size) {
        need(size);
        at += (int) size;
    }

    int get1() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int get2() {
        need(2);
        int value = (char) ByteSink.CHAR.get(bytes, at);
        at += 2;
        return value;
    }

    int get4() {
        need(4);
        int value = (int) ByteSink.INT.get(bytes, at);
        at += 4;
        return value;
    }

    long get8() {
        need(8);
        long value = (long) ByteSink.LONG.get(bytes, at);
        at += 8;
        return value;
    }

    /** A number of 1 to 8 bytes. */
    long sized(int size) {
        need(size);
        long value;
        if (bytes.length - at >= 8) {
            int unused = 64 - 8 * size;
            value = (long) ByteSink.LONG.get(bytes, at) << unused >> unused;
        } else {
            value = bytes[at + size - 1];
            for (int i = size - 2; i >= 0; i--) {
                value = value << 8 | bytes[at + i] & 0xFF;
            }
        }
        at += size;
        return value;
    }

    /** A number that is not below 0. */
    int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = get1();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                if (value < 0 || shift == 28 && next > 0x07) {
                    break;
                }
                return value;
            }
        }
        throw Fault.badBytes("a number is longer than an int");
    }

    /** How many elements follow, each of which takes at least {@code sizeMin} bytes. */
    int count(int sizeMin) {
        int count = varint();
        if ((long) count * sizeMin > left()) {
            throw Fault.badBytes(
                    count + " elements are announced, but " + left() + " bytes are left, which cannot hold them");
        }
        return count;
    }

    long signed() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = get1();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw Fault.badBytes("a number is longer than a long");
    }

    /** A number that must fit an int. */
    int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw Fault.badBytes("a number is longer than an int");
        }
        return (int) value;
    }

    static boolean isText(int tag) {
        return tag >= Tag.SHORT_TEXT && tag <= Tag.SHORT_TEXT + Tag.SHORT_TEXT_MAX
                || tag == Tag.LATIN1 || tag == Tag.UTF16;
    }

    /** A text, whose tag was read. */
    String text(int tag) {
        if (tag == Tag.UTF16) {
            return utf16();
        }
        int length = tag == Tag.LATIN1 ? varint() : tag - Tag.SHORT_TEXT;
        need(length);
        String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        return text;
    }

    private String utf16() {
        int length = count(2);
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) ByteSink.CHAR.get(bytes, at + 2 * i);
        }
        at += 2 * length;
        return new String(text);
    }

    /** A text with its tag, where the format wants one. */
    String text() {
        int tag = get1();
        if (!isText(tag)) {
            throw Fault.found(Tag.name(tag), "a name");
        }
        return text(tag);
    }
}
