package io.penstock.bench.map;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Entries in portions that a cluster takes well. */
final class Batches {

    private static final int BATCH = 10_000;

    private Batches() {}

    static void of(Long[] keys, Item[] items, Consumer<Map<Long, Item>> sink) {
        Map<Long, Item> some = new HashMap<>();
        for (int place = 0; place < keys.length; place++) {
            some.put(keys[place], items[place]);
            if (some.size() == BATCH || place == keys.length - 1) {
                sink.accept(some);
                some.clear();
            }
        }
    }
}
