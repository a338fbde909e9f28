package io.penstock.grid.query;

import io.penstock.grid.MapPredicate;
import java.util.Objects;

/** Asks of the key what a predicate asks of a value. */
public record OfKey<K, V>(MapPredicate<? super K, ? super K> part) implements KnownPredicate<K, V> {

    public OfKey {
        Objects.requireNonNull(part, "the predicate of the key is null");
    }

    @Override
    public boolean test(K key, V value) {
        return part.test(key, key);
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        KnownPredicate.check(part, keyType, keyType);
    }

    @Override
    public String toString() {
        return "key (" + KnownPredicate.text(part) + ")";
    }
}
