package io.penstock.dag.wire;

import java.io.IOException;

/** How objects of one class are written, many at once, and read. Used by many threads at a time. */
abstract class Form {

    /**
     * The first byte of a column. Their numbers are the same on all members, and in snapshots.
     */
    enum Tag {
        NULLS, MIXED, LONGS, INTS, SHORTS, BYTES, CHARS, BOOLEANS, DOUBLES, FLOATS, TEXTS, UUIDS, ENUMS, RECORDS,
        LONG_ARRAYS, INT_ARRAYS, DOUBLE_ARRAYS, FLOAT_ARRAYS, BYTE_ARRAYS, CODEC, JAVA
    }

    private final Tag tag;

    Form(Tag tag) {
        this.tag = tag;
    }

    final Tag tag() {
        return tag;
    }

    /** Whether objects may refer to others that can change, so that it matters whether two are the same. */
    boolean isShared() {
        return false;
    }

    /**
     * Writes objects of the form's class.
     *
     * @param values the first {@code count} of them; no nulls
     */
    abstract void write(Object[] values, int count, EventWriter to);

    /** Reads as many as were written. */
    abstract Object[] read(int count, EventReader from) throws IOException;
}
