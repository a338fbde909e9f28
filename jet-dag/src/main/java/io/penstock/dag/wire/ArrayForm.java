package io.penstock.dag.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/** Arrays of one primitive type, such as accumulators: the lengths of all, then the elements of all. */
abstract class ArrayForm extends Form {

    /** The least that an element takes: what is read is paid for by the bytes. */
    private final int elementSize;
    private final ToIntFunction<Object> length;

    private ArrayForm(Tag tag, int elementSize, ToIntFunction<Object> length) {
        super(tag);
        this.elementSize = elementSize;
        this.length = length;
    }

    @Override
    boolean isShared() {
        return true;
    }

    @Override
    final void write(Object[] values, int count, EventWriter to) {
        long[] lengths = to.scratch(count);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = length.applyAsInt(values[i]);
            sum += lengths[i];
        }
        to.out().numbers(lengths, count, 0);
        if (sum * elementSize > Integer.MAX_VALUE - 64) {
            throw new Unwritable("its arrays have " + sum + " elements with those of its batch; keep less in one");
        }
        elements(values, count, (int) sum, to);
    }

    @Override
    final Object[] read(int count, EventReader from) throws IOException {
        int[] lengths = from.in().lengths(count, elementSize);
        return elements(lengths, Arrays.stream(lengths).sum(), from.in());
    }

    abstract void elements(Object[] values, int count, int sum, EventWriter to);

    abstract Object[] elements(int[] lengths, int sum, WireInput in) throws IOException;

    static final class Longs extends ArrayForm {
        Longs() {
            super(Tag.LONG_ARRAYS, 1, array -> ((long[]) array).length);
        }

        @Override
        void elements(Object[] values, int count, int sum, EventWriter to) {
            long[] all = to.scratch(sum);
            int at = 0;
            for (int i = 0; i < count; i++) {
                long[] array = (long[]) values[i];
                System.arraycopy(array, 0, all, at, array.length);
                at += array.length;
            }
            to.out().numbers(all, sum, 1);
        }

        @Override
        Object[] elements(int[] lengths, int sum, WireInput in) throws IOException {
            long[] all = in.numbers(sum, 1);
            Object[] arrays = new Object[lengths.length];
            int at = 0;
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = Arrays.copyOfRange(all, at, at + lengths[i]);
                at += lengths[i];
            }
            return arrays;
        }
    }

    static final class Ints extends ArrayForm {
        Ints() {
            super(Tag.INT_ARRAYS, 1, array -> ((int[]) array).length);
        }

        @Override
        void elements(Object[] values, int count, int sum, EventWriter to) {
            long[] all = to.scratch(sum);
            int at = 0;
            for (int i = 0; i < count; i++) {
                for (int element : (int[]) values[i]) {
                    all[at++] = element;
                }
            }
            to.out().numbers(all, sum, 1);
        }

        @Override
        Object[] elements(int[] lengths, int sum, WireInput in) throws IOException {
            long[] all = in.numbers(sum, 1);
            Object[] arrays = new Object[lengths.length];
            int at = 0;
            for (int i = 0; i < arrays.length; i++) {
                int[] array = new int[lengths[i]];
                for (int j = 0; j < array.length; j++) {
                    array[j] = (int) all[at++];
                }
                arrays[i] = array;
            }
            return arrays;
        }
    }

    static final class Doubles extends ArrayForm {
        Doubles() {
            super(Tag.DOUBLE_ARRAYS, Double.BYTES, array -> ((double[]) array).length);
        }

        @Override
        void elements(Object[] values, int count, int sum, EventWriter to) {
            int at = to.out().reserve((long) Double.BYTES * sum);
            for (int i = 0; i < count; i++) {
                for (double element : (double[]) values[i]) {
                    WireOutput.LONG.set(to.out().bytes(), at, Double.doubleToRawLongBits(element));
                    at += Double.BYTES;
                }
            }
        }

        @Override
        Object[] elements(int[] lengths, int sum, WireInput in) throws IOException {
            int at = in.take((long) Double.BYTES * sum);
            Object[] arrays = new Object[lengths.length];
            for (int i = 0; i < arrays.length; i++) {
                double[] array = new double[lengths[i]];
                for (int j = 0; j < array.length; j++) {
                    array[j] = Double.longBitsToDouble((long) WireOutput.LONG.get(in.bytes(), at));
                    at += Double.BYTES;
                }
                arrays[i] = array;
            }
            return arrays;
        }
    }

    static final class Floats extends ArrayForm {
        Floats() {
            super(Tag.FLOAT_ARRAYS, Float.BYTES, array -> ((float[]) array).length);
        }

        @Override
        void elements(Object[] values, int count, int sum, EventWriter to) {
            int at = to.out().reserve((long) Float.BYTES * sum);
            for (int i = 0; i < count; i++) {
                for (float element : (float[]) values[i]) {
                    WireOutput.INT.set(to.out().bytes(), at, Float.floatToRawIntBits(element));
                    at += Float.BYTES;
                }
            }
        }

        @Override
        Object[] elements(int[] lengths, int sum, WireInput in) throws IOException {
            int at = in.take((long) Float.BYTES * sum);
            Object[] arrays = new Object[lengths.length];
            for (int i = 0; i < arrays.length; i++) {
                float[] array = new float[lengths[i]];
                for (int j = 0; j < array.length; j++) {
                    array[j] = Float.intBitsToFloat((int) WireOutput.INT.get(in.bytes(), at));
                    at += Float.BYTES;
                }
                arrays[i] = array;
            }
            return arrays;
        }
    }

    static final class Bytes extends ArrayForm {
        Bytes() {
            super(Tag.BYTE_ARRAYS, 1, array -> ((byte[]) array).length);
        }

        @Override
        void elements(Object[] values, int count, int sum, EventWriter to) {
            for (int i = 0; i < count; i++) {
                byte[] array = (byte[]) values[i];
                to.out().put(array, 0, array.length);
            }
        }

        @Override
        Object[] elements(int[] lengths, int sum, WireInput in) throws IOException {
            Object[] arrays = new Object[lengths.length];
            for (int i = 0; i < arrays.length; i++) {
                int at = in.take(lengths[i]);
                arrays[i] = Arrays.copyOfRange(in.bytes(), at, at + lengths[i]);
            }
            return arrays;
        }
    }
}
