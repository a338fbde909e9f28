package io.penstock.grid;

import java.io.Serializable;

/**
 * The name and the types of a map. A constant of the application, usually; it holds no data and may travel.
 *
 * @param name the map's name: 1 to 200 characters out of letters, digits, '.', '_' and '-'
 * @param keyType String, a boxed primitive, UUID, an enum, or a record of these
 * @param valueType any class or interface
 */
public record MapRef<K, V>(String name, Class<K> keyType, Class<V> valueType) implements Serializable {

    public MapRef {
        KeyRules.checkName("map", name);
        KeyRules.checkKeyType(name, keyType);
        KeyRules.checkValueType(name, valueType);
    }

    /**
     * A reference to the map {@code name}.
     *
     * @throws GridException if the name or a type is not allowed; the message says which are
     */
    public static <K, V> MapRef<K, V> of(String name, Class<K> keyType, Class<V> valueType) {
        return new MapRef<>(name, keyType, valueType);
    }

    @Override
    public String toString() {
        return "map '" + name + "' (" + keyType.getSimpleName() + " -> " + valueType.getSimpleName() + ")";
    }
}
