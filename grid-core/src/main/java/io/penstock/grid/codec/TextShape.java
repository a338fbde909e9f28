package io.penstock.grid.codec;

/** A String. */
final class TextShape extends Shape {

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (value instanceof String text) {
            to.out().text(text);
        } else {
            throw notExpected(value);
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (!ByteSource.isText(tag)) {
            throw notExpected(tag);
        }
        return from.in().text(tag);
    }

    @Override
    String expected() {
        return "a String";
    }
}
