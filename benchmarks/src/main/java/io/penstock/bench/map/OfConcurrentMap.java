package io.penstock.bench.map;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Anything that is a {@link ConcurrentMap}. */
class OfConcurrentMap implements MapContender {

    private static final BiFunction<Long, Item, Item> PLUS_ONE = (key, item) -> item.plus(1);

    private final ConcurrentMap<Long, Item> map;
    private final Runnable closing;

    /** @param closing what is to be done when the map is not needed any more */
    OfConcurrentMap(ConcurrentMap<Long, Item> map, Runnable closing) {
        this.map = map;
        this.closing = closing;
    }

    @Override
    public Item get(Long key) {
        return map.get(key);
    }

    @Override
    public boolean put(Long key, Item item) {
        return map.put(key, item) != null;
    }

    @Override
    public void putAll(Map<Long, Item> entries) {
        map.putAll(entries);
    }

    @Override
    public void increment(Long key) {
        map.compute(key, PLUS_ONE);
    }

    @Override
    public void scan(BiConsumer<Long, Item> action) {
        map.forEach(action);
    }

    @Override
    public long entryCount() {
        return map.size();
    }

    @Override
    public void close() {
        closing.run();
    }
}
