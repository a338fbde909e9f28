package io.penstock.grid.codec;

/** A primitive type, or its box, which may be null. */
final class PrimitiveShape extends Shape {

    private final Primitive primitive;
    private final boolean boxed;

    PrimitiveShape(Primitive primitive, boolean boxed) {
        this.primitive = primitive;
        this.boxed = boxed;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (value.getClass() == primitive.boxType()) {
            primitive.write(to, primitive.unbox(value));
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        return tag == Tag.NULL ? null : primitive.box(primitive.read(from, tag));
    }

    @Override
    void writeField(Encoder to, Field field, Object owner) {
        if (boxed) {
            super.writeField(to, field, owner);
        } else {
            primitive.write(to, field.primitive(owner));
        }
    }

    @Override
    void readField(Decoder from, int slot) {
        if (boxed) {
            super.readField(from, slot);
        } else {
            from.slots().longs[slot] = primitive.read(from, from.in().get1());
        }
    }

    @Override
    void missField(Decoder from, int slot) {
        if (boxed) {
            super.missField(from, slot);
        } else {
            from.slots().longs[slot] = 0;
        }
    }

    @Override
    String expected() {
        return boxed ? Leaf.article(primitive.boxType().getSimpleName()) : primitive.expected();
    }
}
