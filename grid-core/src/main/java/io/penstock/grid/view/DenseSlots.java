package io.penstock.grid.view;

/** Slots for keys from 0 to {@value #KEYS_MAX} - 1, as ids often are: the key is the slot. */
final class DenseSlots implements LongSlots {

    static final int KEYS_MAX = 8_192;

    private final Object[] values = new Object[KEYS_MAX];

    @Override
    public Object find(long key) {
        return takes(key) ? SlotArrays.acquire(values, (int) key) : null;
    }

    @Override
    public int findAll(long[] keys, int keysFrom, int count, Object[] out, int outFrom, BatchScratch scratch) {
        for (int i = 0; i < count; i++) {
            out[outFrom + i] = Removed.hide(find(keys[keysFrom + i]));
        }
        return SlotArrays.countFound(out, outFrom, count);
    }

    @Override
    public boolean takes(long key) {
        return (key & -KEYS_MAX) == 0;
    }

    @Override
    public Object store(long key, Object value) {
        Object before = values[(int) key];
        SlotArrays.release(values, (int) key, value);
        return before;
    }

    @Override
    public HashedLongSlots copy(int capacity) {
        HashedLongSlots copy = new HashedLongSlots(capacity);
        for (int key = 0; key < KEYS_MAX; key++) {
            copy.add(key, values[key]);
        }
        return copy;
    }
}
