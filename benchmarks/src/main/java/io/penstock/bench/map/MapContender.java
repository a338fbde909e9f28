package io.penstock.bench.map;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** A map that is measured. May be used by any number of threads, unless its {@link MapSystem} says otherwise. */
interface MapContender extends AutoCloseable {

    /** The value of a key, or null. */
    Item get(Long key);

    /** Whether the key was present. */
    boolean put(Long key, Item item);

    /** Lets a function add 1 to the amount of a present key, atomically. */
    void increment(Long key);

    /** The values of those keys that are present. */
    default Map<Long, Item> getAll(Set<Long> keys) {
        throw new UnsupportedOperationException("this system looks keys up one by one");
    }

    default void putAll(Map<Long, Item> entries) {
        throw new UnsupportedOperationException("this system puts entries one by one");
    }

    /** Visits all entries. */
    default void scan(BiConsumer<Long, Item> action) {
        throw new UnsupportedOperationException("this system does not show all its entries");
    }

    long entryCount();

    /** Puts entries that are not there yet, in the fastest way there is. */
    default void load(Long[] keys, Item[] items) {
        for (int place = 0; place < keys.length; place++) {
            put(keys[place], items[place]);
        }
    }

    /** For one thread. */
    default LongLookups lookups() {
        throw new UnsupportedOperationException("this system has no look-ups of keys that are not boxed");
    }

    @Override
    default void close() {}
}
