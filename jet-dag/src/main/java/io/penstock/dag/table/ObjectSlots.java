package io.penstock.dag.table;

/**
 * A hash table with keys that have {@code equals} and {@code hashCode} by value: open addressing, linear probing, with
 * the hashes beside the keys, so that only keys of one hash are compared.
 */
final class ObjectSlots {

    /** Odd, and another than that by which keys are spread over instances: all keys of one have those bits in common. */
    private static final int MULTIPLIER = 0x85EBCA6B;

    /** A free slot has no value; there is always one. */
    private int[] hashes;
    private Object[] keys;
    private Object[] values;
    private int shift;
    private int size;

    /** @param expectedSize for how many keys there is to be room at once */
    ObjectSlots(int expectedSize) {
        allocate(expectedSize == 0 ? 1 : LongSlots.capacityFor(expectedSize));
    }

    private void allocate(int capacity) {
        hashes = new int[capacity];
        keys = new Object[capacity];
        values = new Object[capacity];
        shift = Integer.SIZE - Math.max(1, Integer.numberOfTrailingZeros(capacity));
    }

    /** The value of a key, or null. Static, so that the class of the key that the caller knows is not forgotten. */
    static Object find(ObjectSlots table, Object key) {
        int hash = key.hashCode() * MULTIPLIER;
        Object[] present = table.values;
        int mask = present.length - 1;
        int slot = (hash >>> table.shift) & mask;
        while (true) {
            Object value = present[slot];
            if (value == null) {
                return null;
            }
            if (table.hashes[slot] == hash) {
                Object other = table.keys[slot];
                if (key == other || key.equals(other)) {
                    return value;
                }
            }
            slot = slot + 1 & mask;
        }
    }

    /** Adds a key that is not there. */
    void add(Object key, Object value) {
        if (2 * (size + 1) > values.length) {
            grow();
        }
        put(key.hashCode() * MULTIPLIER, key, value);
        size++;
    }

    private void put(int hash, Object key, Object value) {
        int mask = values.length - 1;
        int slot = (hash >>> shift) & mask;
        while (values[slot] != null) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
    }

    private void grow() {
        int[] oldHashes = hashes;
        Object[] oldKeys = keys;
        Object[] oldValues = values;
        allocate(LongSlots.capacityFor(size + 1));
        for (int slot = 0; slot < oldValues.length; slot++) {
            if (oldValues[slot] != null) {
                put(oldHashes[slot], oldKeys[slot], oldValues[slot]);
            }
        }
    }

    int size() {
        return size;
    }

    Object key(int slot) {
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
