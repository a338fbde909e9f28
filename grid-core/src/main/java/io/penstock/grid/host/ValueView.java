package io.penstock.grid.host;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/** The values of a map, writing through. */
final class ValueView<K, V> extends AbstractCollection<V> {

    private final HostedMap<K, V> map;

    ValueView(HostedMap<K, V> map) {
        this.map = map;
    }

    @Override
    public Iterator<V> iterator() {
        return new MapIterator<>(map, (key, value) -> value);
    }

    @Override
    public Spliterator<V> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean contains(Object value) {
        return map.containsValue(value);
    }

    /** Removes an entry only if it still has the value that the filter saw. */
    @Override
    public boolean removeIf(Predicate<? super V> filter) {
        return map.entrySet().removeIf(entry -> filter.test(entry.getValue()));
    }

    @Override
    public void clear() {
        map.clear();
    }
}
