package io.penstock.grid.query;

import io.penstock.grid.GridException;
import io.penstock.grid.MapPredicate;

/**
 * A predicate whose structure can be seen, unlike that of a lambda. Equal to any other of the same structure; its text
 * has the names of properties, and never a value or a key.
 */
public sealed interface KnownPredicate<K, V> extends MapPredicate<K, V>
        permits All, And, Equal, In, KeyIn, Like, Not, OfKey, Or, Range {

    /**
     * Refuses what can be seen to be wrong before any entry is tested.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if the values, or the keys, cannot have one of
     *     the properties, or it cannot be compared so; with {@link GridException.Code#BAD_KEY} for keys of another type
     */
    void check(Class<?> keyType, Class<?> valueType);

    /** {@link #check(Class, Class)} if the structure of the predicate can be seen. */
    static void check(MapPredicate<?, ?> predicate, Class<?> keyType, Class<?> valueType) {
        if (predicate instanceof KnownPredicate<?, ?> known) {
            known.check(keyType, valueType);
        }
    }

    /** The text of a predicate: that of a lambda would differ from run to run. */
    static String text(MapPredicate<?, ?> predicate) {
        return predicate instanceof KnownPredicate<?, ?> ? predicate.toString() : "a function";
    }
}
