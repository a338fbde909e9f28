package io.penstock.grid.query;

import io.penstock.grid.MapPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Chooses what one of several predicates chooses, tested in their order until one does; with none, nothing. */
public record Or<K, V>(List<MapPredicate<? super K, ? super V>> parts) implements KnownPredicate<K, V> {

    public Or {
        parts = List.copyOf(parts);
    }

    /** One predicate of all parts, and of the parts of those that are such a predicate themselves. */
    public static <K, V> Or<K, V> flat(List<MapPredicate<? super K, ? super V>> parts) {
        List<MapPredicate<? super K, ? super V>> flat = new ArrayList<>();
        for (MapPredicate<? super K, ? super V> part : parts) {
            if (part instanceof Or<? super K, ? super V> nested) {
                flat.addAll(nested.parts());
            } else {
                flat.add(part);
            }
        }
        return new Or<>(flat);
    }

    @Override
    public boolean test(K key, V value) {
        for (MapPredicate<? super K, ? super V> part : parts) {
            if (part.test(key, value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        parts.forEach(part -> KnownPredicate.check(part, keyType, valueType));
    }

    @Override
    public String toString() {
        return parts.stream().map(KnownPredicate::text).collect(Collectors.joining(" or ", "(", ")"));
    }
}
