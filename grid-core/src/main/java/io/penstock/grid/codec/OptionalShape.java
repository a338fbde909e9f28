package io.penstock.grid.codec;

import java.util.Optional;

/** An Optional of a declared type. One that the bytes do not have yet is empty. */
final class OptionalShape extends Shape {

    private final Shape content;

    OptionalShape(Shape content) {
        this.content = content;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (value instanceof Optional<?> optional) {
            write(to, optional, content);
        } else {
            throw notExpected(value);
        }
    }

    static void write(Encoder to, Optional<?> optional, Shape content) {
        if (optional.isEmpty()) {
            to.out().tag(Tag.EMPTY);
            return;
        }
        to.out().tag(Tag.PRESENT);
        to.enter();
        content.write(to, optional.get());
        to.leave();
    }

    @Override
    Object read(Decoder from, int tag) {
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.EMPTY, Tag.PRESENT -> read(from, tag, content);
            default -> throw notExpected(tag);
        };
    }

    static Optional<Object> read(Decoder from, int tag, Shape content) {
        if (tag == Tag.EMPTY) {
            return Optional.empty();
        }
        from.enter();
        Object value = content.read(from);
        from.leave();
        return Optional.ofNullable(value);
    }

    @Override
    Object missing() {
        return Optional.empty();
    }

    @Override
    String expected() {
        return "an Optional";
    }
}
