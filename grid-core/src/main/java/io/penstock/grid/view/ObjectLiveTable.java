package io.penstock.grid.view;

import io.penstock.grid.LocalView;

/** A live table of a map with keys of any allowed type. */
final class ObjectLiveTable extends LiveTable {

    private volatile ObjectSlots slots;

    ObjectLiveTable(String mapName, long expectedCount) {
        super(mapName);
        slots = new ObjectSlots(SlotArrays.capacityFor(expectedCount));
    }

    @Override
    Object get(Object key) {
        return Removed.hide(slots.find(key, ObjectSlots.hash(key)));
    }

    @Override
    Object getLong(long key) {
        throw notLong();
    }

    @Override
    LocalView.Pass<?> pass() {
        return slots;
    }

    @Override
    int getBatch(long[] keys, int from, int count, Object[] values, BatchScratch scratch) {
        throw notLong();
    }

    @Override
    int getBatch(Object[] keys, int from, int count, Object[] values, BatchScratch scratch) {
        return slots.findAll(keys, from, count, values, scratch);
    }

    @Override
    Object store(Object key, Object value) {
        ObjectSlots current = slots;
        int hash = ObjectSlots.hash(key);
        if (!current.hasRoom()) {
            current = current.copy(capacityForCopy());
            slots = current;
        }
        return current.store(key, hash, value);
    }

    @Override
    boolean markRemoved(Object key) {
        ObjectSlots current = slots;
        int hash = ObjectSlots.hash(key);
        if (Removed.hide(current.find(key, hash)) == null) {
            return false;
        }
        current.store(key, hash, Removed.MARK);
        return true;
    }
}
