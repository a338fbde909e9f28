package io.penstock.grid.view;

import io.penstock.grid.LocalView;

/** A live table of a map whose keys are Long or Integer. As long as all are small, they are array indexes. */
final class LongLiveTable extends LiveTable {

    private final Class<?> keyType;
    private final long expectedCount;
    private volatile LongSlots slots = new DenseSlots();
    /** The slots, if they are hashed; null as long as all keys are small. */
    private volatile HashedLongSlots hashed;

    LongLiveTable(String mapName, Class<?> keyType, long expectedCount) {
        super(mapName);
        this.keyType = keyType;
        this.expectedCount = expectedCount;
    }

    @Override
    Object get(Object key) {
        return key.getClass() == keyType ? getLong(((Number) key).longValue()) : null;
    }

    @Override
    Object getLong(long key) {
        HashedLongSlots present = hashed; // asking the slots for their class would be one more load
        return present == null ? slots.getLong(key) : present.getLong(key);
    }

    @Override
    LocalView.Pass<?> pass() {
        return slots;
    }

    @Override
    int getBatch(long[] keys, int from, int count, Object[] values, BatchScratch scratch) {
        return slots.findAll(keys, from, count, values, from, scratch);
    }

    @Override
    int getBatch(Object[] keys, int from, int count, Object[] values, BatchScratch scratch) {
        int keyCount = unbox(keys, from, count, scratch.longKeys);
        int found = slots.findAll(scratch.longKeys, 0, count, values, from, scratch);
        return keyCount == count ? found : found - forgetOthers(keys, from, count, values);
    }

    /** Returns the number of those that are keys. */
    private int unbox(Object[] keys, int from, int count, long[] longKeys) {
        int keyCount = 0;
        for (int i = 0; i < count; i++) {
            Object key = keys[from + i];
            boolean isKey = key != null && key.getClass() == keyType;
            longKeys[i] = isKey ? ((Number) key).longValue() : 0;
            keyCount += isKey ? 1 : 0;
        }
        return keyCount;
    }

    /** Takes back the values found under 0 for what are no keys of this map; returns their number. */
    private int forgetOthers(Object[] keys, int from, int count, Object[] values) {
        int forgotten = 0;
        for (int i = from; i < from + count; i++) {
            boolean isKey = keys[i] != null && keys[i].getClass() == keyType;
            if (!isKey && values[i] != null) {
                values[i] = null;
                forgotten++;
            }
        }
        return forgotten;
    }

    @Override
    Object store(Object key, Object value) {
        long longKey = ((Number) key).longValue();
        LongSlots current = slots;
        if (!current.takes(longKey)) {
            int expected = current instanceof DenseSlots ? SlotArrays.capacityFor(expectedCount) : 0;
            HashedLongSlots copy = current.copy(Math.max(expected, capacityForCopy()));
            slots = copy;
            hashed = copy;
            current = copy;
        }
        return current.store(longKey, value);
    }

    @Override
    boolean markRemoved(Object key) {
        long longKey = ((Number) key).longValue();
        LongSlots current = slots;
        if (Removed.hide(current.find(longKey)) == null) {
            return false;
        }
        current.store(longKey, Removed.MARK);
        return true;
    }
}
