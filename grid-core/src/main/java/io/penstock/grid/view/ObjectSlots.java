package io.penstock.grid.view;

import io.penstock.grid.LocalView;

/**
 * The arrays of an {@link ObjectLiveTable} from one copy to the next: open addressing, linear probing, at most half
 * full, with the hash beside each key. A slot never changes its key: it is free (its value is null), or holds the
 * value of its key, or says that its key was {@linkplain Removed removed}.
 */
final class ObjectSlots implements LocalView.Pass<Object> {

    private final int[] hashes;
    private final Object[] keys;
    private final Object[] values;
    private final int usedMax;
    /** Slots with a key, present or removed; for the writer only. */
    private int usedCount;

    ObjectSlots(int capacity) {
        hashes = new int[capacity];
        keys = new Object[capacity];
        values = new Object[capacity];
        usedMax = SlotArrays.usedMax(capacity);
    }

    static int hash(Object key) {
        return SlotArrays.mix(key.hashCode());
    }

    /** The value, null, or {@link Removed#MARK}. */
    Object find(Object key, int hash) {
        int slot = hash & keys.length - 1;
        // memory order: the value first, then the key, which the writer wrote before it
        Object value = SlotArrays.acquire(values, slot);
        while (value != null && !holds(slot, key, hash)) {
            slot = slot + 1 & keys.length - 1;
            value = SlotArrays.acquire(values, slot);
        }
        return value;
    }

    @Override
    public Object get(Object key) {
        return Removed.hide(find(key, hash(key)));
    }

    @Override
    public Object getLong(long key) {
        throw new IllegalStateException("the keys of this map are not numbers");
    }

    private boolean holds(int slot, Object key, int hash) {
        if (hashes[slot] != hash) {
            return false;
        }
        Object held = keys[slot];
        return held == key || key.equals(held);
    }

    /** Looks up {@code count} keys, at most {@link BatchScratch#ROWS_MAX}, and returns the number of those found. */
    int findAll(Object[] wanted, int from, int count, Object[] out, BatchScratch scratch) {
        int[] wantedHashes = scratch.hashes;
        hashAll(wanted, from, count, wantedHashes);
        if (keys.length >= SlotArrays.CAPACITY_TO_TOUCH) {
            scratch.touched = touch(wantedHashes, count) + touchKeys(wantedHashes, count);
        }
        load(wanted, from, count, wantedHashes, out);
        return SlotArrays.countFound(out, from, count);
    }

    private static void hashAll(Object[] wanted, int from, int count, int[] wantedHashes) {
        for (int i = 0; i < count; i++) {
            Object key = wanted[from + i];
            wantedHashes[i] = key == null ? 0 : hash(key);
        }
    }

    /** Reads all slots and stores nothing, so that all cache misses are under way together. */
    private int touch(int[] wantedHashes, int count) {
        int present = 0;
        for (int i = 0; i < count; i++) {
            int slot = wantedHashes[i] & keys.length - 1;
            present += (hashes[slot] == wantedHashes[i] ? 1 : 0) + (keys[slot] == null ? 0 : 1)
                    + (values[slot] == null ? 0 : 1);
        }
        return present;
    }

    /** Reads the header of each key in a slot, which is about to be compared. */
    private int touchKeys(int[] wantedHashes, int count) {
        int strings = 0;
        for (int i = 0; i < count; i++) {
            Object held = keys[wantedHashes[i] & keys.length - 1];
            strings += held != null && held.getClass() == String.class ? 1 : 0;
        }
        return strings;
    }

    private void load(Object[] wanted, int from, int count, int[] wantedHashes, Object[] out) {
        for (int i = 0; i < count; i++) {
            Object key = wanted[from + i];
            out[from + i] = key == null ? null : Removed.hide(find(key, wantedHashes[i]));
        }
    }

    // ---- for the one writer

    boolean hasRoom() {
        return usedCount < usedMax;
    }

    /** Stores a value and returns what was found: the value before, null, or {@link Removed#MARK}. */
    Object store(Object key, int hash, Object value) {
        int slot = hash & keys.length - 1;
        while (values[slot] != null && !holds(slot, key, hash)) {
            slot = slot + 1 & keys.length - 1;
        }
        Object before = values[slot];
        if (before == null) {
            hashes[slot] = hash;
            keys[slot] = key;
            usedCount++;
        }
        SlotArrays.release(values, slot, value);
        return before;
    }

    /** A copy without the removed keys. */
    ObjectSlots copy(int capacity) {
        ObjectSlots copy = new ObjectSlots(capacity);
        for (int slot = 0; slot < keys.length; slot++) {
            if (Removed.hide(values[slot]) != null) {
                copy.addNew(keys[slot], hashes[slot], values[slot]);
            }
        }
        return copy;
    }

    /** Adds a key that is not there, which needs no comparison. */
    private void addNew(Object key, int hash, Object value) {
        int slot = hash & keys.length - 1;
        while (values[slot] != null) {
            slot = slot + 1 & keys.length - 1;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
        usedCount++;
    }
}
