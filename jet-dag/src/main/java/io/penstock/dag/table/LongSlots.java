package io.penstock.dag.table;

/** A hash table with long keys: open addressing, linear probing, multiplicative hashing (Knuth, TAOCP 3, 6.4). */
final class LongSlots {

    private static final int CAPACITY_MIN = 16;
    /** Odd, and another than that by which keys are spread over instances: all keys of one have those bits in common. */
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

    /** A free slot has no value; there is always one. */
    private long[] keys;
    private Object[] values;
    private int shift;
    private int size;

    /** @param expectedSize for how many keys there is to be room at once */
    LongSlots(int expectedSize) {
        allocate(expectedSize == 0 ? 1 : capacityFor(expectedSize));
    }

    /** A power of two of which so many keys take at most the half. */
    static int capacityFor(int size) {
        return Math.max(CAPACITY_MIN, Integer.highestOneBit(2 * size - 1) << 1);
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        values = new Object[capacity];
        shift = Long.SIZE - Math.max(1, Integer.numberOfTrailingZeros(capacity));
    }

    Object find(long key) {
        Object[] present = values;
        int mask = present.length - 1;
        int slot = (int) (key * MULTIPLIER >>> shift) & mask;
        while (true) {
            Object value = present[slot];
            if (value == null || keys[slot] == key) {
                return value;
            }
            slot = slot + 1 & mask;
        }
    }

    /** Adds a key that is not there. */
    void add(long key, Object value) {
        if (2 * (size + 1) > values.length) {
            grow();
        }
        put(key, value);
        size++;
    }

    private void put(long key, Object value) {
        int mask = values.length - 1;
        int slot = (int) (key * MULTIPLIER >>> shift) & mask;
        while (values[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        allocate(capacityFor(size + 1));
        for (int slot = 0; slot < oldValues.length; slot++) {
            if (oldValues[slot] != null) {
                put(oldKeys[slot], oldValues[slot]);
            }
        }
    }

    int size() {
        return size;
    }

    long key(int slot) {
        return keys[slot];
    }

    int capacity() {
        return values.length;
    }

    /** The value in a slot; null if it is free. */
    Object value(int slot) {
        return values[slot];
    }
}
