package io.penstock.grid.heap;

import java.util.Iterator;
import java.util.Map;
import java.util.function.BiFunction;

/** Walks over a heap map, weakly consistent, and removes through it. */
final class HeapIterator<K, V, T> implements Iterator<T> {

    private final HeapMap<K, V> map;
    private final Iterator<Map.Entry<K, HeapEntry<V>>> entries;
    private final BiFunction<K, V, T> form;
    private K last;

    HeapIterator(HeapMap<K, V> map, BiFunction<K, V, T> form) {
        this.map = map;
        this.entries = map.table().entries().entrySet().iterator();
        this.form = form;
    }

    @Override
    public boolean hasNext() {
        map.table();
        return entries.hasNext();
    }

    @Override
    public T next() {
        map.table();
        Map.Entry<K, HeapEntry<V>> entry = entries.next();
        last = entry.getKey();
        return form.apply(last, entry.getValue().value);
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
