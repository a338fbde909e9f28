package io.penstock.grid.query;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Chooses the entries with one of several values of a property; null among them for those without. */
public record In<K, V>(Property property, Set<Object> values) implements KnownPredicate<K, V> {

    public In {
        values = canonical(property, values);
    }

    private static Set<Object> canonical(Property property, Collection<Object> values) {
        Set<Object> canonical = new HashSet<>();
        values.forEach(value -> canonical.add(PropertyValue.operand(property, value)));
        return Collections.unmodifiableSet(canonical);
    }

    @Override
    public boolean test(K key, V entryValue) {
        return values.contains(property.of(entryValue));
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        Class<?> declared = property.check(valueType);
        values.forEach(value -> PropertyValue.checkComparable(property, declared, value));
    }

    @Override
    public String toString() {
        return property + " in (" + values.size() + (values.size() == 1 ? " value)" : " values)");
    }
}
