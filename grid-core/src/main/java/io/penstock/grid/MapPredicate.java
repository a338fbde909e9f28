package io.penstock.grid;

import java.io.Serializable;

/**
 * Chooses entries of a map. Any lambda will do; those of {@link MapPredicates} can also use the map's indexes. Quick,
 * without side effects, and evaluated where the entries live.
 */
@FunctionalInterface
public interface MapPredicate<K, V> extends Serializable {

    boolean test(K key, V value);
}
