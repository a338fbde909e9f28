package io.penstock.bench.map;

import io.penstock.grid.GridMap;
import io.penstock.grid.UpdateFunction;
import java.util.Map;
import java.util.Set;

/** A grid map, wherever it is. */
class OfGridMap extends OfConcurrentMap {

    private static final UpdateFunction<Item> PLUS_ONE = item -> item.plus(1);

    private final GridMap<Long, Item> map;

    /** @param closing what is to be done when the map is not needed any more */
    OfGridMap(GridMap<Long, Item> map, Runnable closing) {
        super(map, closing);
        this.map = map;
    }

    @Override
    public void increment(Long key) {
        map.update(key, PLUS_ONE);
    }

    @Override
    public Map<Long, Item> getAll(Set<Long> keys) {
        return map.getAll(keys);
    }
}
