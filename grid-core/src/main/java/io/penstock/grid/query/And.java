package io.penstock.grid.query;

import io.penstock.grid.MapPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Chooses what all of several predicates choose, tested in their order until one does not; with none, all. */
public record And<K, V>(List<MapPredicate<? super K, ? super V>> parts) implements KnownPredicate<K, V> {

    public And {
        parts = List.copyOf(parts);
    }

    /** One predicate of all parts, and of the parts of those that are such a predicate themselves. */
    public static <K, V> And<K, V> flat(List<MapPredicate<? super K, ? super V>> parts) {
        List<MapPredicate<? super K, ? super V>> flat = new ArrayList<>();
        for (MapPredicate<? super K, ? super V> part : parts) {
            if (part instanceof And<? super K, ? super V> nested) {
                flat.addAll(nested.parts());
            } else {
                flat.add(part);
            }
        }
        return new And<>(flat);
    }

    @Override
    public boolean test(K key, V value) {
        for (MapPredicate<? super K, ? super V> part : parts) {
            if (!part.test(key, value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        parts.forEach(part -> KnownPredicate.check(part, keyType, valueType));
    }

    @Override
    public String toString() {
        return parts.stream().map(KnownPredicate::text).collect(Collectors.joining(" and ", "(", ")"));
    }
}
