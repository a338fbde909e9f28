package io.penstock.grid.codec;

import java.lang.reflect.Array;

/** An array of objects of a declared type. */
final class ArrayShape extends Shape {

    private final Class<?> elementType;
    private final Shape element;

    ArrayShape(Class<?> elementType, Shape element) {
        this.elementType = elementType;
        this.element = element;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
            return;
        } else if (!(value instanceof Object[]) || !elementType.isAssignableFrom(value.getClass().componentType())) {
            throw notExpected(value);
        }
        Object[] array = (Object[]) value;
        to.out().tag(Tag.ARRAY);
        to.out().varint(array.length);
        to.enter();
        int i = 0;
        try {
            for (; i < array.length; i++) {
                element.write(to, array[i]);
            }
        } catch (Fault e) {
            throw e.under("[" + i + "]");
        }
        to.leave();
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != Tag.ARRAY) {
            throw notExpected(tag);
        }
        Object[] array = (Object[]) Array.newInstance(elementType, from.in().count(1));
        from.enter();
        int i = 0;
        try {
            for (; i < array.length; i++) {
                array[i] = element.read(from);
            }
        } catch (Fault e) {
            throw e.under("[" + i + "]");
        }
        from.leave();
        return array;
    }

    @Override
    String expected() {
        return Leaf.article(elementType.getSimpleName()) + "[]";
    }
}
