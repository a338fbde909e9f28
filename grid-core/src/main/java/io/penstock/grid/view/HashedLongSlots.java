package io.penstock.grid.view;

/** Slots for any keys: open addressing, linear probing, at most half full. */
final class HashedLongSlots implements LongSlots {

    private final long[] keys;
    private final Object[] values;
    private final int usedMax;
    /** Slots with a key, present or removed; for the writer only. */
    private int usedCount;

    HashedLongSlots(int capacity) {
        keys = new long[capacity];
        values = new Object[capacity];
        usedMax = SlotArrays.usedMax(capacity);
    }

    @Override
    public Object find(long key) {
        return findFrom(SlotArrays.mix(key) & keys.length - 1, key);
    }

    /** Memory order: the value first, then the key, which the writer wrote before. A free slot's key means nothing. */
    private Object findFrom(int home, long key) {
        int slot = home;
        Object value = SlotArrays.acquire(values, slot);
        while (value != null && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
            value = SlotArrays.acquire(values, slot);
        }
        return value;
    }

    @Override
    public int findAll(long[] wanted, int from, int count, Object[] out, int outFrom, BatchScratch scratch) {
        int[] slots = scratch.slots;
        findHomes(wanted, from, count, slots);
        if (keys.length >= SlotArrays.CAPACITY_TO_TOUCH) {
            scratch.touched = touch(wanted, from, count, slots);
        }
        load(wanted, from, count, slots, out, outFrom);
        return SlotArrays.countFound(out, outFrom, count);
    }

    private void findHomes(long[] wanted, int from, int count, int[] slots) {
        int mask = keys.length - 1;
        for (int i = 0; i < count; i++) {
            slots[i] = SlotArrays.mix(wanted[from + i]) & mask;
        }
    }

    /**
     * Reads all slots and stores nothing, so that all cache misses are under way together. Storing the references at
     * once would not do: some collectors put a fence behind each store.
     */
    private int touch(long[] wanted, int from, int count, int[] slots) {
        int present = 0;
        for (int i = 0; i < count; i++) {
            int slot = slots[i] & keys.length - 1;
            present += (keys[slot] == wanted[from + i] ? 1 : 0) + (values[slot] == null ? 0 : 1);
        }
        return present;
    }

    private void load(long[] wanted, int from, int count, int[] slots, Object[] out, int outFrom) {
        for (int i = 0; i < count; i++) {
            out[outFrom + i] = Removed.hide(findFrom(slots[i], wanted[from + i]));
        }
    }

    @Override
    public boolean takes(long key) {
        return usedCount < usedMax;
    }

    @Override
    public Object store(long key, Object value) {
        int slot = SlotArrays.mix(key) & keys.length - 1;
        while (values[slot] != null && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        Object before = values[slot];
        if (before == null) {
            keys[slot] = key;
            usedCount++;
        }
        SlotArrays.release(values, slot, value);
        return before;
    }

    /** Adds what stood in another's slot, unless it is free or its key was removed. */
    void add(long key, Object found) {
        if (Removed.hide(found) != null) {
            store(key, found);
        }
    }

    @Override
    public HashedLongSlots copy(int capacity) {
        HashedLongSlots copy = new HashedLongSlots(capacity);
        for (int slot = 0; slot < keys.length; slot++) {
            copy.add(keys[slot], values[slot]);
        }
        return copy;
    }
}
