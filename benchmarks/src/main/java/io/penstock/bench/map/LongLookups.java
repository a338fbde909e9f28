package io.penstock.bench.map;

import java.util.function.Function;

/** Looks up keys that are not boxed. Used by one thread. */
interface LongLookups {

    /** The value of a key, or null. */
    Item get(long key);

    /** A quicker way for the next few hundred look-ups, which are counted by this call, if there is one. */
    default LongLookups pass(int count) {
        return this;
    }

    /** Those of a map that knows boxed keys only, which must be made for each look-up. */
    static LongLookups boxed(Function<Long, Item> map) {
        return new LongLookups() {
            @Override
            public Item get(long key) {
                return map.apply(key);
            }

            @Override
            public void getAll(long[] keys, int count, Item[] found) {
                for (int i = 0; i < count; i++) {
                    found[i] = map.apply(keys[i]);
                }
            }
        };
    }

    /** Looks up the first {@code count} keys. */
    void getAll(long[] keys, int count, Item[] found);
}
