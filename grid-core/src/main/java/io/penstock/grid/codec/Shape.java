package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;

/**
 * How the values of one declared type are written and read: of a field, an element, a type argument. Immutable once the
 * codec is made. Reads only what fits the declared type, whatever the bytes claim.
 */
abstract class Shape {

    /** Writes a value, which may be null. */
    abstract void write(Encoder to, Object value);

    /** Reads a value whose tag was read. */
    abstract Object read(Decoder from, int tag);

    /** The type, for messages: {@code a List}. */
    abstract String expected();

    /** The value of a field that the bytes do not have. */
    Object missing() {
        return null;
    }

    final Object read(Decoder from) {
        return read(from, from.in().get1());
    }

    void writeField(Encoder to, Field field, Object owner) {
        write(to, field.reference(owner));
    }

    void readField(Decoder from, int slot) {
        Object value = read(from);
        from.slots().references[slot] = value;      // reading may have replaced the array by a longer one
    }

    void missField(Decoder from, int slot) {
        from.slots().references[slot] = missing();
    }

    /** For tags that this shape cannot read. */
    final Fault notExpected(int tag) {
        return Fault.found(Tag.name(tag), expected());
    }

    /** For values that do not have the declared type, which only raw types and casts make possible. */
    final Fault notExpected(Object value) {
        return new Fault(
                Code.BAD_TYPE,
                "found a " + value.getClass().getName() + ", expected " + expected()
                        + "; look for a raw type or an unchecked cast");
    }
}
