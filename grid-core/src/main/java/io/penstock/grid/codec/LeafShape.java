package io.penstock.grid.codec;

/** A declared type that is a {@link Leaf}. */
final class LeafShape extends Shape {

    private final Class<?> type;
    private final Leaf leaf;

    LeafShape(Class<?> type, Leaf leaf) {
        this.type = type;
        this.leaf = leaf;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (type.isInstance(value)) {
            leaf.write(to, value);
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != leaf.tag()) {
            throw notExpected(tag);
        }
        Object value = leaf.read(from);
        if (!type.isInstance(value)) {
            throw notExpected(tag);
        }
        return value;
    }

    @Override
    String expected() {
        return Leaf.article(type.getSimpleName());
    }
}
