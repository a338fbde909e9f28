package io.penstock.grid;

import io.penstock.grid.query.All;
import io.penstock.grid.query.And;
import io.penstock.grid.query.Equal;
import io.penstock.grid.query.In;
import io.penstock.grid.query.KeyIn;
import io.penstock.grid.query.Like;
import io.penstock.grid.query.Not;
import io.penstock.grid.query.OfKey;
import io.penstock.grid.query.Or;
import io.penstock.grid.query.Property;
import io.penstock.grid.query.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The usual {@link MapPredicate}s. {@link #equal} and {@link #in} of an indexed property and {@link #keyIn} find their
 * entries without a walk over the map; so does {@link #and} if one of its parts does, and {@link #or} if all do.
 *
 * <p><b>Properties</b> are of the value: the name of a record component, of a public getter ({@code getCity},
 * {@code isOpen}), of a public method beside a field of the same name and type, or of a public field; or a path of
 * these with dots, such as {@code address.city}; or {@code this}, the value itself. If anything on the path is null,
 * so is the property. Each object answers by its own class; one that lacks the property, or does not let it be read,
 * makes the operation fail with {@link GridException.Code#BAD_PROPERTY}. The classes need not be public, unless their
 * module is closed. {@link #ofKey} asks the same of keys.
 *
 * <p><b>Comparison.</b> Numbers count by their exact value, whatever their class: {@code equal("count", 3)} finds 3,
 * 3L, 3.0 and a BigDecimal 3.00, but 0.1f is not 0.1. NaN equals itself and is above all other numbers. Everything else
 * counts by {@code equals} and {@code compareTo}. A comparison with null is false, except by {@link #equal} and
 * {@link #in}; {@link #not} makes true of false, and so finds nulls too. A comparison that no value of the property's
 * declared type can answer, such as of a number with a text, is refused.
 *
 * <p>Predicates of the same structure are equal. Their texts show properties, and never values or keys. To be
 * serialized they need values that can be.
 */
public final class MapPredicates {

    private MapPredicates() {}

    /**
     * Chooses the entries with this value of a property.
     *
     * @param value null for entries whose property is null
     */
    public static <K, V> MapPredicate<K, V> equal(String property, Object value) {
        return new Equal<>(Property.of(property), value);
    }

    /** Chooses the entries with one of these values of a property; null among them counts as in {@link #equal}. */
    public static <K, V> MapPredicate<K, V> in(String property, Object... values) {
        return in(property, Arrays.asList(values));
    }

    /** Chooses the entries with one of these values of a property; null among them counts as in {@link #equal}. */
    public static <K, V> MapPredicate<K, V> in(String property, Collection<?> values) {
        return new In<>(Property.of(property), new HashSet<>(values));
    }

    /** Chooses the entries whose property is below a value. */
    public static <K, V> MapPredicate<K, V> lessThan(String property, Comparable<?> value) {
        return new Range<>(Property.of(property), null, false, bound(property, value), false);
    }

    /** Chooses the entries whose property is a value or below. */
    public static <K, V> MapPredicate<K, V> atMost(String property, Comparable<?> value) {
        return new Range<>(Property.of(property), null, false, bound(property, value), true);
    }

    /** Chooses the entries whose property is above a value. */
    public static <K, V> MapPredicate<K, V> greaterThan(String property, Comparable<?> value) {
        return new Range<>(Property.of(property), bound(property, value), false, null, false);
    }

    /** Chooses the entries whose property is a value or above. */
    public static <K, V> MapPredicate<K, V> atLeast(String property, Comparable<?> value) {
        return new Range<>(Property.of(property), bound(property, value), true, null, false);
    }

    /** Chooses the entries whose property is from one value to another, both included; none if the first is above. */
    public static <K, V> MapPredicate<K, V> between(String property, Comparable<?> from, Comparable<?> to) {
        return new Range<>(Property.of(property), bound(property, from), true, bound(property, to), true);
    }

    /**
     * Chooses the entries whose property is a text of this pattern.
     *
     * @param pattern {@code %} is any number of characters, {@code _} is one, {@code \} makes the next an ordinary one,
     *     and all others are themselves
     */
    public static <K, V> MapPredicate<K, V> like(String property, String pattern) {
        return new Like<>(Property.of(property), pattern);
    }

    /** Chooses the entry of a key, which must be of the map's type. */
    public static <K, V> MapPredicate<K, V> keyEqual(K key) {
        return new KeyIn<>(Set.of(key));
    }

    /** Chooses the entries of some keys, which must be of the map's type. */
    public static <K, V> MapPredicate<K, V> keyIn(Collection<? extends K> keys) {
        return new KeyIn<>(Set.copyOf(keys));
    }

    /** Asks of the key what a predicate asks of the value: {@code ofKey(equal("region", "EU"))}. Uses no index. */
    public static <K, V> MapPredicate<K, V> ofKey(MapPredicate<? super K, ? super K> predicate) {
        return new OfKey<>(predicate);
    }

    /** Chooses every entry. */
    public static <K, V> MapPredicate<K, V> all() {
        return new All<>();
    }

    /** Chooses what a predicate does not. */
    public static <K, V> MapPredicate<K, V> not(MapPredicate<? super K, ? super V> predicate) {
        return new Not<>(predicate);
    }

    /** Chooses what all predicates choose; they are tested in their order, until one does not. */
    @SafeVarargs
    public static <K, V> MapPredicate<K, V> and(
            MapPredicate<? super K, ? super V> first, MapPredicate<? super K, ? super V>... others) {
        List<MapPredicate<? super K, ? super V>> parts = new ArrayList<>();
        parts.add(first);
        for (MapPredicate<? super K, ? super V> other : others) {
            parts.add(other);
        }
        return And.flat(parts);
    }

    /** Chooses what at least one predicate chooses; they are tested in their order, until one does. */
    @SafeVarargs
    public static <K, V> MapPredicate<K, V> or(
            MapPredicate<? super K, ? super V> first, MapPredicate<? super K, ? super V>... others) {
        List<MapPredicate<? super K, ? super V>> parts = new ArrayList<>();
        parts.add(first);
        for (MapPredicate<? super K, ? super V> other : others) {
            parts.add(other);
        }
        return Or.flat(parts);
    }

    private static Comparable<?> bound(String property, Comparable<?> value) {
        return Objects.requireNonNull(
                value, () -> "property '" + property + "' is compared with null; use equal(property, null)");
    }
}
