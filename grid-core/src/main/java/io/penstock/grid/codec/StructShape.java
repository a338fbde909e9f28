package io.penstock.grid.codec;

/** A declared record or final class, and null. */
final class StructShape extends Shape {

    private final Struct struct;

    StructShape(Struct struct) {
        this.struct = struct;
    }

    Struct struct() {
        return struct;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (value.getClass() == struct.type().type()) {
            struct.write(to, value);
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != Tag.STRUCT) {
            throw notExpected(tag);
        }
        Layout layout = from.layout();
        if (layout.type() != struct.type()) {
            throw layout.notExpected(expected());
        }
        return struct.read(from, layout);
    }

    @Override
    String expected() {
        return "a " + struct.type().name();
    }
}
