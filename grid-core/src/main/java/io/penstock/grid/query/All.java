package io.penstock.grid.query;

/** Chooses every entry. */
public record All<K, V>() implements KnownPredicate<K, V> {

    @Override
    public boolean test(K key, V value) {
        return true;
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {}

    @Override
    public String toString() {
        return "all";
    }
}
