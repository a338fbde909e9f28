package io.penstock.grid.query;

import io.penstock.grid.GridException;
import io.penstock.grid.MapPredicate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The indexes of one map, and what they know about a predicate.
 *
 * <p><b>Threads.</b> {@link #changed} is called by one thread at a time for each key, and in the order of the key's
 * changes; different keys do not wait for each other. {@link #candidates} is called by any thread.
 *
 * <p><b>No key is missed.</b> A key whose value matches during all of {@link #candidates} is in its result, even if the
 * value changes meanwhile. With one look-up this is so because the index does not change. With several, as of
 * {@code city in (a, b)}, a key may move from the set of b, not yet read, to that of a, which was read already. So the
 * reader first announces itself, and a writer that moves a key first adds it where it now belongs, then tells all
 * readers that it finds, and removes it from where it was only then: a reader that it did not find began after the key
 * was added.
 */
public final class Indexes<K, V> {

    private final Class<K> keyType;
    private final Class<V> valueType;
    private final Map<Property, HashIndex<K, V>> byProperty;
    private final List<HashIndex<K, V>> indexes;
    /** The readers of several look-ups that are at work. */
    private final List<MovedKeys<K>> readers = new CopyOnWriteArrayList<>();

    private Indexes(Class<K> keyType, Class<V> valueType, Map<Property, HashIndex<K, V>> byProperty) {
        this.keyType = keyType;
        this.valueType = valueType;
        this.byProperty = byProperty;
        this.indexes = List.copyOf(byProperty.values());
    }

    /**
     * Indexes of some properties, without entries.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if a text is not a property, or the values
     *     cannot have it
     */
    public static <K, V> Indexes<K, V> of(List<String> properties, Class<K> keyType, Class<V> valueType) {
        Map<Property, HashIndex<K, V>> byProperty = new LinkedHashMap<>();
        for (String path : properties) {
            Property property = Property.of(path);
            Class<?> declared = property.check(valueType);
            if (declared != null && declared.isArray()) {
                throw new GridException(
                        GridException.Code.BAD_PROPERTY,
                        "property '" + path + "' is an array, which an index cannot find again, as an array equals only"
                                + " itself; index another property");
            }
            byProperty.putIfAbsent(property, new HashIndex<>(property));
        }
        return new Indexes<>(keyType, valueType, byProperty);
    }

    public boolean isEmpty() {
        return indexes.isEmpty();
    }

    /**
     * Follows a change of the map. Reads all properties first: if that fails, nothing has been changed.
     *
     * @param before the value until now; null if the key was absent
     * @param after the value from now on; null if the key is absent
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if a value lacks an indexed property, or it
     *     cannot be read
     */
    public void changed(K key, V before, V after) {
        if (indexes.isEmpty() || before == after) {
            return;
        }
        Object[] from = filed(before);
        Object[] to = filed(after);
        dropEqual(from, to);
        for (int i = 0; i < to.length; i++) {
            if (to[i] != null) {
                indexes.get(i).add(key, to[i]);
            }
        }
        boolean moves = before != null && after != null;
        if (moves && !readers.isEmpty()) {
            readers.forEach(reader -> reader.keys.add(key));
        }
        for (int i = 0; i < from.length; i++) {
            if (from[i] != null) {
                indexes.get(i).remove(key, from[i]);
            }
        }
    }

    /** Leaves only where something changes. */
    private static void dropEqual(Object[] from, Object[] to) {
        for (int i = 0; i < from.length; i++) {
            if (from[i] != null && from[i].equals(to[i])) {
                from[i] = null;
                to[i] = null;
            }
        }
    }

    private Object[] filed(V value) {
        Object[] filed = new Object[indexes.size()];
        for (int i = 0; i < filed.length && value != null; i++) {
            filed[i] = indexes.get(i).of(value);
        }
        return filed;
    }

    /**
     * The keys whose entries have to be tested with a predicate to find all that it chooses; null for those of all
     * entries. Keys that match all the time are among them, others may be or not: the predicate has to be tested on the
     * present value. The collection cannot be modified, and may follow the changes of the map: no key is in it twice,
     * unless it went and came back during one iteration.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} or {@link GridException.Code#BAD_KEY} if the
     *     predicate cannot be meant for this map; also if there is no index
     */
    public Collection<K> candidates(MapPredicate<? super K, ? super V> predicate) {
        KnownPredicate.check(predicate, keyType, valueType);
        Candidates<K> candidates = Candidates.of(predicate, byProperty);
        if (candidates == null) {
            return null;
        }
        return switch (candidates.lookups().size()) {
            case 0 -> List.of();
            case 1 -> candidates.lookups().get(0).keys();
            default -> union(candidates.lookups());
        };
    }

    private Set<K> union(List<Lookup<K>> lookups) {
        MovedKeys<K> moved = new MovedKeys<>();
        readers.add(moved);
        try {
            Set<K> keys = new HashSet<>();
            lookups.forEach(lookup -> keys.addAll(lookup.keys()));
            keys.addAll(moved.keys);
            return Collections.unmodifiableSet(keys);
        } finally {
            readers.remove(moved);
        }
    }

    /** How the entries for a predicate are found, such as {@code index on city, 12 candidates}. */
    public String explain(MapPredicate<? super K, ? super V> predicate) {
        Candidates<K> candidates = Candidates.of(predicate, byProperty);
        return candidates == null ? "walk over all" : candidates.explain();
    }

    /** The number of different values, of all indexed properties together. */
    int valueCount() {
        return indexes.stream().mapToInt(HashIndex::valueCount).sum();
    }

    /** The keys that moved while a reader is at work. Equal only to itself. */
    private static final class MovedKeys<K> {
        private final Set<K> keys = ConcurrentHashMap.newKeySet();
    }
}
