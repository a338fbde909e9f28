package io.penstock.grid;

import java.io.Serializable;

/**
 * Chooses entries of a map. Any lambda will do; those of {@link MapPredicates} can also use the map's indexes. Quick,
 * without side effects, and evaluated where the entries live.
 */
@FunctionalInterface
public interface MapPredicate<K, V> extends Serializable {

    boolean test(K key, V value);

    /** {@link MapPredicates#and}; for a lambda use that, as its parameters have their types there. */
    default MapPredicate<K, V> and(MapPredicate<? super K, ? super V> other) {
        return MapPredicates.and(this, other);
    }

    /** {@link MapPredicates#or}; for a lambda use that, as its parameters have their types there. */
    default MapPredicate<K, V> or(MapPredicate<? super K, ? super V> other) {
        return MapPredicates.or(this, other);
    }

    /** {@link MapPredicates#not}. */
    default MapPredicate<K, V> negate() {
        return MapPredicates.not(this);
    }
}
