package io.penstock.grid.heap;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;

/** Walks over a heap map, weakly consistent, and removes through it. */
final class HeapIterator<K, V, T> implements Iterator<T> {

    private final ConcurrentHeapMap<K, V> map;
    private final BiFunction<K, V, T> form;
    private final Iterator<Map.Entry<K, Object>> entries;
    private K nextKey;
    private V nextValue;
    private K last;

    HeapIterator(ConcurrentHeapMap<K, V> map, BiFunction<K, V, T> form) {
        this.map = map;
        this.form = form;
        entries = map.table().entries().entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
        HeapTable<K, V> table = map.table();
        while (nextKey == null && entries.hasNext()) {
            Map.Entry<K, Object> entry = entries.next();
            nextValue = table.valueOf(entry.getValue());
            nextKey = nextValue == null ? null : entry.getKey(); // it has expired
        }
        return nextKey != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    "map '" + map.ref().name() + "': there is no next entry; ask hasNext() before");
        }
        last = nextKey;
        nextKey = null;
        return form.apply(last, nextValue);
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("map '" + map.ref().name()
                    + "': remove() needs a next() before it, and only one remove() for each");
        }
        map.remove(last);
        last = null;
    }
}
