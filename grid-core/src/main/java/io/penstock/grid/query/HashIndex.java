package io.penstock.grid.query;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of a map by a property of their values.
 *
 * <p>The keys of one property value are held as cheaply as their number allows: one as itself, up to
 * {@value #SMALL_MAX} as an array that is replaced by every change, more as {@link LargeKeys}. All changes of the form
 * are made alone with the property value; changes of large sets are not.
 *
 * <p><b>Threads.</b> One thread at a time for each key; any number of readers. What a reader gets may hold keys that
 * went meanwhile, and lack keys that came meanwhile, but has all keys that were there all along.
 */
final class HashIndex<K, V> {

    private static final int SMALL_MAX = 32;

    /** Stands for a property that is null. */
    private static final Object NULL = new Object();

    private final Property property;
    /** By property value: a key, an {@code Object[]} of keys (no key is an array), or {@link LargeKeys}. */
    private final ConcurrentHashMap<Object, Object> keysByValue = new ConcurrentHashMap<>();

    HashIndex(Property property) {
        this.property = property;
    }

    Property property() {
        return property;
    }

    /**
     * The value by which the index files an entry. A property whose {@code hashCode} fails does so here.
     *
     * @throws io.penstock.grid.GridException with {@link io.penstock.grid.GridException.Code#BAD_PROPERTY} if it cannot
     *     be read
     */
    Object of(V entryValue) {
        Object filed = filed(property.of(entryValue));
        filed.hashCode();
        return filed;
    }

    private static Object filed(Object propertyValue) {
        return propertyValue == null ? NULL : propertyValue;
    }

    void add(K key, Object filedUnder) {
        LargeKeys<K> large = large(keysByValue.get(filedUnder));
        if (large == null || !large.add(key)) {
            keysByValue.compute(filedUnder, (value, keys) -> with(keys, key));
        }
    }

    void remove(K key, Object filedUnder) {
        LargeKeys<K> large = large(keysByValue.get(filedUnder));
        if (large == null || !large.remove(key)) {
            keysByValue.computeIfPresent(filedUnder, (value, keys) -> without(keys, key));
        } else if (large.isSparse(SMALL_MAX / 2)) {
            keysByValue.computeIfPresent(filedUnder, (value, keys) -> keys == large ? form(large.close()) : keys);
        }
    }

    /**
     * The keys whose values have a property value; unmodifiable, and of many keys a view.
     *
     * @param propertyValue in canonical form; may be null
     */
    Collection<K> keysOf(Object propertyValue) {
        Object keys = keysByValue.get(filed(propertyValue));
        if (keys == null) {
            return List.of();
        }
        LargeKeys<K> large = large(keys);
        return large == null ? small(keys) : Collections.unmodifiableCollection(large.keys());
    }

    /** The number of different values of the property. */
    int valueCount() {
        return keysByValue.size();
    }

    private Object with(Object keys, K key) {
        if (keys == null) {
            return key;
        }
        LargeKeys<K> large = large(keys);
        if (large != null) {
            large.add(key);
            return large;
        }
        List<K> small = small(keys);
        if (small.contains(key)) {
            return keys;
        }
        Object[] more = Arrays.copyOf(small.toArray(), small.size() + 1);
        more[small.size()] = key;
        return more.length <= SMALL_MAX ? more : new LargeKeys<>(HashIndex.<K>listOf(more));
    }

    private Object without(Object keys, K key) {
        LargeKeys<K> large = large(keys);
        if (large != null) {
            large.remove(key);
            return large;
        }
        return form(small(keys).stream().filter(other -> !other.equals(key)).toList());
    }

    /** The cheapest form of some keys. */
    private Object form(List<K> keys) {
        return switch (keys.size()) {
            case 0 -> null;
            case 1 -> keys.get(0);
            default -> keys.size() <= SMALL_MAX ? keys.toArray() : new LargeKeys<>(keys);
        };
    }

    private List<K> small(Object keys) {
        return keys instanceof Object[] several ? listOf(several) : Collections.singletonList(key(keys));
    }

    @SuppressWarnings("unchecked")
    private static <K> List<K> listOf(Object[] keys) {
        return (List<K>) Collections.unmodifiableList(Arrays.asList(keys));
    }

    @SuppressWarnings("unchecked")
    private K key(Object keys) {
        return (K) keys;
    }

    @SuppressWarnings("unchecked")
    private LargeKeys<K> large(Object keys) {
        return keys instanceof LargeKeys<?> large ? (LargeKeys<K>) large : null;
    }
}
