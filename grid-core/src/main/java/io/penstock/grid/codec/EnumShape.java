package io.penstock.grid.codec;

/** A declared enum: its constants by name, and null. */
final class EnumShape extends Shape {

    private final NamedType type;

    EnumShape(NamedType type) {
        this.type = type;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (type.type().isInstance(value)) {
            to.out().tag(Tag.ENUM);
            to.out().text(((Enum<?>) value).name());
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != Tag.ENUM) {
            throw notExpected(tag);
        }
        return type.constant(from);
    }

    @Override
    String expected() {
        return "a constant of " + type.name();
    }
}
