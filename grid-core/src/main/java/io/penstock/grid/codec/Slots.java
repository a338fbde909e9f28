package io.penstock.grid.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * The fields of the objects that are being decoded, as a stack: primitives as longs, so that none is boxed, the others
 * as references. Each object has slots from its base on; {@link #base} is that of the object being made.
 */
final class Slots {

    static final MethodHandle LONG;
    static final MethodHandle REFERENCE;

    private static final int CAPACITY_FIRST = 32;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LONG = lookup.findVirtual(Slots.class, "longAt", MethodType.methodType(long.class, int.class));
            REFERENCE = lookup.findVirtual(Slots.class, "referenceAt", MethodType.methodType(Object.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    long[] longs = new long[CAPACITY_FIRST];
    Object[] references = new Object[CAPACITY_FIRST];
    private int base;
    private int top;

    /** Makes room for an object, and returns where. */
    int push(int count) {
        int start = top;
        top += count;
        if (top > longs.length) {
            int capacity = Math.max(2 * longs.length, top);
            longs = Arrays.copyOf(longs, capacity);
            references = Arrays.copyOf(references, capacity);
        }
        return start;
    }

    /** All fields of the object at {@code start} are there. */
    void ready(int start) {
        base = start;
    }

    void pop(int start) {
        Arrays.fill(references, start, top, null);
        top = start;
    }

    void clear() {
        if (top > 0) {
            pop(0);
        }
    }

    private long longAt(int index) {
        return longs[base + index];
    }

    private Object referenceAt(int index) {
        return references[base + index];
    }
}
