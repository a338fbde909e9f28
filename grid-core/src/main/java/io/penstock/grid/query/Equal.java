package io.penstock.grid.query;

import java.util.Objects;

/** Chooses the entries with one value of a property; null for those without. */
public record Equal<K, V>(Property property, Object value) implements KnownPredicate<K, V> {

    public Equal {
        value = PropertyValue.operand(property, value);
    }

    @Override
    public boolean test(K key, V entryValue) {
        return Objects.equals(property.of(entryValue), value);
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        PropertyValue.checkComparable(property, property.check(valueType), value);
    }

    @Override
    public String toString() {
        return property + (value == null ? " is null" : " = ?");
    }
}
