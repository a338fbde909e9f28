package io.penstock.grid.host;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/** The entries of a map, writing through. */
final class EntryView<K, V> extends AbstractSet<Map.Entry<K, V>> {

    private final HostedMap<K, V> map;

    EntryView(HostedMap<K, V> map) {
        this.map = map;
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return new MapIterator<>(map, (key, value) -> new LiveEntry<>(map, key, value));
    }

    @Override
    public Spliterator<Map.Entry<K, V>> spliterator() {
        return Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean contains(Object candidate) {
        if (!(candidate instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
            map.checkOpen();
            return false;
        }
        V value = map.peek(entry.getKey());
        return value != null && value.equals(entry.getValue());
    }

    @Override
    public boolean remove(Object candidate) {
        if (!(candidate instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
            map.checkOpen();
            return false;
        }
        return map.remove(entry.getKey(), entry.getValue());
    }

    /** Removes an entry only if it still has the value that the filter saw. */
    @Override
    public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
        Objects.requireNonNull(filter, "the filter is null");
        boolean removedAny = false;
        for (Map.Entry<K, V> entry : this) {
            V seen = entry.getValue();
            if (filter.test(entry)) {
                removedAny |= map.remove(entry.getKey(), seen);
            }
        }
        return removedAny;
    }

    @Override
    public void clear() {
        map.clear();
    }
}
