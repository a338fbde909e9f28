package io.penstock.grid.query;

import io.penstock.grid.GridException;

/**
 * Chooses the entries whose property is within bounds; never those where it is null. A bound that is null is none.
 *
 * @param includesFrom whether a value equal to {@code from} is within
 * @param includesTo whether a value equal to {@code to} is within
 */
public record Range<K, V>(Property property, Object from, boolean includesFrom, Object to, boolean includesTo)
        implements KnownPredicate<K, V> {

    public Range {
        from = PropertyValue.operand(property, from);
        to = PropertyValue.operand(property, to);
        if (from != null && to != null) {
            compare(property, from, to);
        }
    }

    @Override
    public boolean test(K key, V entryValue) {
        Object value = property.of(entryValue);
        return value != null && isAboveFrom(value) && isBelowTo(value);
    }

    private boolean isAboveFrom(Object value) {
        if (from == null) {
            return true;
        }
        int order = compare(property, value, from);
        return order > 0 || order == 0 && includesFrom;
    }

    private boolean isBelowTo(Object value) {
        if (to == null) {
            return true;
        }
        int order = compare(property, value, to);
        return order < 0 || order == 0 && includesTo;
    }

    private static int compare(Property property, Object value, Object bound) {
        try {
            return PropertyValue.compare(value, bound);
        } catch (ClassCastException e) {
            throw PropertyValue.unlike(property, value.getClass(), bound.getClass());
        }
    }

    /** @throws GridException with {@link GridException.Code#BAD_PROPERTY} also if the property has no order */
    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        Class<?> declared = property.check(valueType);
        PropertyValue.checkComparable(property, declared, from);
        PropertyValue.checkComparable(property, declared, to);
    }

    @Override
    public String toString() {
        if (from == null) {
            return property + (includesTo ? " <= ?" : " < ?");
        }
        if (to == null) {
            return property + (includesFrom ? " >= ?" : " > ?");
        }
        return property + " between ? and ?";
    }
}
