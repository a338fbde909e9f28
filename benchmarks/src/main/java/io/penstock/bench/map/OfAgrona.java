package io.penstock.bench.map;

import java.util.function.BiConsumer;
import org.agrona.collections.Long2ObjectHashMap;

/** The yardstick of look-ups by {@code long}: a hash table for one thread. */
final class OfAgrona implements MapContender, LongLookups {

    private final Long2ObjectHashMap<Item> map = new Long2ObjectHashMap<>();

    @Override
    public Item get(Long key) {
        return map.get(key.longValue());
    }

    @Override
    public boolean put(Long key, Item item) {
        return map.put(key.longValue(), item) != null;
    }

    @Override
    public void increment(Long key) {
        map.put(key.longValue(), map.get(key.longValue()).plus(1));
    }

    @Override
    public void scan(BiConsumer<Long, Item> action) {
        map.forEachLong(action::accept);
    }

    @Override
    public long entryCount() {
        return map.size();
    }

    @Override
    public LongLookups lookups() {
        return this;
    }

    @Override
    public Item get(long key) {
        return map.get(key);
    }

    /** One by one: it has no look-up of many. */
    @Override
    public void getAll(long[] keys, int count, Item[] found) {
        for (int i = 0; i < count; i++) {
            found[i] = map.get(keys[i]);
        }
    }
}
