package io.penstock.grid.host;

import java.util.Map;
import java.util.Objects;

/** An entry as a walk over the map found it. {@link #setValue} writes to the map unless the key is gone by now. */
final class LiveEntry<K, V> implements Map.Entry<K, V> {

    private final HostedMap<K, V> map;
    private final K key;
    private V value;

    LiveEntry(HostedMap<K, V> map, K key, V value) {
        this.map = map;
        this.key = key;
        this.value = value;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public V setValue(V newValue) {
        map.replace(key, newValue);
        V before = value;
        value = newValue;
        return before;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && Objects.equals(key, entry.getKey())
                && Objects.equals(value, entry.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ value.hashCode();
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
