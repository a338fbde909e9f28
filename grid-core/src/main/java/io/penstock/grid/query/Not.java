package io.penstock.grid.query;

import io.penstock.grid.MapPredicate;
import java.util.Objects;

/** Chooses what another predicate does not. */
public record Not<K, V>(MapPredicate<? super K, ? super V> part) implements KnownPredicate<K, V> {

    public Not {
        Objects.requireNonNull(part, "the predicate of not is null");
    }

    @Override
    public boolean test(K key, V value) {
        return !part.test(key, value);
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        KnownPredicate.check(part, keyType, valueType);
    }

    @Override
    public String toString() {
        return "not (" + KnownPredicate.text(part) + ")";
    }
}
