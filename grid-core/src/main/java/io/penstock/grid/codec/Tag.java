package io.penstock.grid.codec;

/**
 * The first byte of each value. It says what follows, so that any value can be skipped, and read as another type of
 * number. Never give one another meaning: bytes outlive the program that wrote them.
 */
final class Tag {

    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    /** One byte. */
    static final int BYTE = 0x03;
    /** Two bytes, as all numbers with the lowest byte first. */
    static final int SHORT = 0x04;
    static final int CHAR = 0x05;
    static final int FLOAT = 0x06;
    static final int DOUBLE = 0x07;
    /** A varint of bytes, then the characters, all of them up to 0xFF. */
    static final int LATIN1 = 0x08;
    /** A varint of characters, then two bytes for each. */
    static final int UTF16 = 0x09;
    /** A text: the constant's name. The type is the declared one. */
    static final int ENUM = 0x0A;
    /** A varint: the number of the type's layout; then the constant's name. */
    static final int ENUM_OF = 0x0B;
    /** A varint: the number of the layout; then its fields' values. */
    static final int STRUCT = 0x0C;
    /** Four bytes: the fingerprint of the key type; then its components by name. */
    static final int KEY = 0x0D;
    /** The components, by name, of a record in a key. */
    static final int KEY_PART = 0x0E;
    static final int EMPTY = 0x0F;
    static final int PRESENT = 0x10;
    /** A varint: how many; then the elements. So are the next seven, maps with key and value in turn. */
    static final int LIST = 0x11;
    static final int SET = 0x12;
    static final int LINKED_SET = 0x13;
    static final int SORTED_SET = 0x14;
    static final int MAP = 0x15;
    static final int LINKED_MAP = 0x16;
    static final int SORTED_MAP = 0x17;
    static final int ARRAY = 0x18;
    /** A varint: how many; then the numbers, each as wide as its type. */
    static final int BOOLEANS = 0x19;
    static final int BYTES = 0x1A;
    static final int SHORTS = 0x1B;
    static final int CHARS = 0x1C;
    static final int INTS = 0x1D;
    static final int LONGS = 0x1E;
    static final int FLOATS = 0x1F;
    static final int DOUBLES = 0x20;
    /** 1 to 4 bytes, by the tag. */
    static final int INT = 0x22;
    /** 1 to 8 bytes, by the tag. */
    static final int LONG = 0x26;
    /** The types of {@link Leaf}, each with a number of its own. */
    static final int LEAF = 0x30;
    /** Up to 63 characters up to 0xFF. */
    static final int SHORT_TEXT = 0x40;
    static final int SHORT_TEXT_MAX = 63;
    /** The int is in the tag. */
    static final int SMALL_INT = 0x80;
    /** The long is in the tag. */
    static final int SMALL_LONG = 0xC0;
    static final int SMALL_MIN = -16;
    static final int SMALL_MAX = 47;

    private Tag() {}

    /** What a reader of an error message calls it. */
    static String name(int tag) {
        if (tag >= SMALL_LONG) {
            return "a long";
        } else if (tag >= SMALL_INT) {
            return "an int";
        } else if (tag >= SHORT_TEXT) {
            return "a String";
        } else if (tag >= LEAF) {
            Leaf leaf = Leaf.ofTag(tag);
            return leaf == null ? unknown(tag) : Leaf.article(leaf.type().getSimpleName());
        } else if (tag >= LONG && tag < LONG + 8) {
            return "a long";
        } else if (tag >= INT && tag < INT + 4) {
            return "an int";
        }
        return switch (tag) {
            case NULL -> "null";
            case FALSE, TRUE -> "a boolean";
            case BYTE -> "a byte";
            case SHORT -> "a short";
            case CHAR -> "a char";
            case FLOAT -> "a float";
            case DOUBLE -> "a double";
            case LATIN1, UTF16 -> "a String";
            case ENUM, ENUM_OF -> "an enum constant";
            case STRUCT -> "a record or object";
            case KEY, KEY_PART -> "a key";
            case EMPTY, PRESENT -> "an Optional";
            case LIST -> "a List";
            case SET, LINKED_SET, SORTED_SET -> "a Set";
            case MAP, LINKED_MAP, SORTED_MAP -> "a Map";
            case ARRAY -> "an array";
            case BOOLEANS -> "a boolean[]";
            case BYTES -> "a byte[]";
            case SHORTS -> "a short[]";
            case CHARS -> "a char[]";
            case INTS -> "an int[]";
            case LONGS -> "a long[]";
            case FLOATS -> "a float[]";
            case DOUBLES -> "a double[]";
            default -> unknown(tag);
        };
    }

    private static String unknown(int tag) {
        return "the unknown tag " + tag;
    }
}
