package io.penstock.dag.wire;

import java.io.IOException;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Boxed primitives, as longs. */
final class NumberForm extends Form {

    /** How the longs of a column are written. */
    enum Width {
        /** In as many bytes as the column needs. */
        PACKED,
        FOUR,
        EIGHT;

        void write(long[] values, int count, WireOutput out) {
            switch (this) {
                case PACKED -> out.numbers(values, count, 0);
                case FOUR -> out.ints(values, count);
                case EIGHT -> out.longs(values, count);
            }
        }

        long[] read(int count, WireInput in) throws IOException {
            return switch (this) {
                case PACKED -> in.numbers(count, 0);
                case FOUR -> in.ints(count);
                case EIGHT -> in.longs(count);
            };
        }
    }

    private final Width width;
    private final ToLongFunction<Object> unbox;
    private final LongFunction<Object> box;

    NumberForm(Tag tag, Width width, ToLongFunction<Object> unbox, LongFunction<Object> box) {
        super(tag);
        this.width = width;
        this.unbox = unbox;
        this.box = box;
    }

    /** How a component of a primitive type is written. */
    static Width widthOf(Class<?> primitive) {
        return primitive == double.class ? Width.EIGHT : primitive == float.class ? Width.FOUR : Width.PACKED;
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        long[] numbers = to.scratch(count);
        for (int i = 0; i < count; i++) {
            numbers[i] = unbox.applyAsLong(values[i]);
        }
        width.write(numbers, count, to.out());
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        long[] numbers = width.read(count, from.in());
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = box.apply(numbers[i]);
        }
        return values;
    }
}
