package io.penstock.grid.codec;

/** A declared array of primitives, and null. */
final class PrimitiveArrayShape extends Shape {

    private final PrimitiveArray array;

    PrimitiveArrayShape(PrimitiveArray array) {
        this.array = array;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (array.type().isInstance(value)) {
            array.write(to, value);
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != array.tag()) {
            throw notExpected(tag);
        }
        return array.read(from);
    }

    @Override
    String expected() {
        return Tag.name(array.tag());
    }
}
