package io.penstock.grid;

import java.util.Collection;

/** The usual {@link MapPredicate}s. */
public final class MapPredicates {

    private MapPredicates() {}

    /** TODO-QUERY. */
    public static <K, V> MapPredicate<K, V> equal(String property, Object value) {
        throw new UnsupportedOperationException();
    }

    /** TODO-QUERY. */
    public static <K, V> MapPredicate<K, V> in(String property, Collection<?> values) {
        throw new UnsupportedOperationException();
    }
}
