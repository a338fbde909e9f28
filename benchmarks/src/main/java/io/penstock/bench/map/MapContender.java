package io.penstock.bench.map;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** A map that is measured. May be used by any number of threads, unless its {@link MapSystem} says otherwise. */
interface MapContender extends AutoCloseable {

    /** The value of a key, or null. */
    Item get(Long key);

    /** Whether the key was present. */
    boolean put(Long key, Item item);

    /** Replaces the value of a present key by what the function makes of it, atomically. */
    void update(Long key, BiFunction<Long, Item, Item> function);

    void scan(BiConsumer<Long, Item> action);

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
