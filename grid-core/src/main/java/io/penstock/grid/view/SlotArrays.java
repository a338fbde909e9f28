package io.penstock.grid.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What the arrays of live tables have in common: memory order, sizes, hashes. */
final class SlotArrays {

    /** The most slots of a table; half of them can be used. */
    static final int CAPACITY_MAX = 1 << 30;

    /** From about this capacity on, a table is larger than the near caches, and touching it first pays. */
    static final int CAPACITY_TO_TOUCH = 1 << 17;

    private static final int CAPACITY_MIN = 16;
    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(Object[].class);

    private SlotArrays() {}

    /** What is read after this call is at least as new as what the writer wrote before it stored the value. */
    static Object acquire(Object[] values, int slot) {
        return (Object) ELEMENTS.getAcquire(values, slot);
    }

    static void release(Object[] values, int slot, Object value) {
        ELEMENTS.setRelease(values, slot, value);
    }

    /** How many slots of an array may hold a key, present or removed. */
    static int usedMax(int capacity) {
        return capacity / 2;
    }

    /** A capacity for that many entries with room for at least a third more before the next copy. */
    static int capacityWithRoom(long entryCount) {
        return capacity(entryCount * 8 / 3 + 1);
    }

    /** A capacity for exactly that many entries. */
    static int capacityFor(long entryCount) {
        return capacity(entryCount * 2 + 2);
    }

    private static int capacity(long slotCount) {
        long atLeast = Math.max(CAPACITY_MIN, Math.min(slotCount, CAPACITY_MAX));
        return 1 << (Long.SIZE - Long.numberOfLeadingZeros(atLeast - 1));
    }

    /** Spreads keys with a pattern evenly over the low bits: two rounds of multiply and shift. */
    static int mix(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) (h ^ h >>> 32);
    }

    /**
     * Counts the values. None is a mark, but asking each for its class brings its first cache line near, all of them
     * at once, before the caller reads them one by one.
     */
    static int countFound(Object[] values, int from, int count) {
        int found = 0;
        for (int i = from; i < from + count; i++) {
            Object value = values[i];
            found += value != null && value.getClass() != Removed.class ? 1 : 0;
        }
        return found;
    }
}
