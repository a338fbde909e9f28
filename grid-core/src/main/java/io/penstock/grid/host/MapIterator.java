package io.penstock.grid.host;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;

/** Walks over a map, weakly consistent, and removes through it. */
final class MapIterator<K, V, T> implements Iterator<T> {

    private final HostedMap<K, V> map;
    private final BiFunction<K, V, T> form;
    private final Cursor<K, V> cursor;
    private boolean isAtNext;
    private K last;

    MapIterator(HostedMap<K, V> map, BiFunction<K, V, T> form) {
        this.map = map;
        this.form = form;
        cursor = map.cursor();
    }

    @Override
    public boolean hasNext() {
        map.checkOpen();
        if (!isAtNext) {
            isAtNext = cursor.advance();
        }
        return isAtNext;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    "map '" + map.ref().name() + "': there is no next entry; ask hasNext() before");
        }
        isAtNext = false;
        last = cursor.key();
        return form.apply(last, cursor.value());
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
