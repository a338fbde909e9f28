package io.penstock.grid;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Which names and key types are allowed. Keys must have one canonical form on every host, so the set is closed. */
final class KeyRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Set<Class<?>> SIMPLE = Set.of(
            String.class, Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class,
            Double.class, Float.class, UUID.class);

    private KeyRules() {}

    /** Checks the name of a thing, such as a grid or a map. */
    static void checkName(String thing, String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new GridException(
                    GridException.Code.BAD_NAME,
                    "the name of a " + thing + " must be 1 to 200 letters, digits, '.', '_' or '-', but is "
                            + quoted(name));
        }
    }

    static void checkKeyType(String mapName, Class<?> type) {
        checkKeyTypeOf("map '" + mapName + "'", type);
    }

    /** Checks the type of the keys of a thing, such as {@code map 'm'}. */
    static void checkKeyTypeOf(String thing, Class<?> type) {
        String culprit = type != null && type.isPrimitive()
                ? type.getName() + " is primitive; name its boxed class"
                : culprit(type, type == null ? "the key type" : type.getSimpleName(), Set.of());
        if (culprit != null) {
            throw new GridException(
                    GridException.Code.BAD_KEY,
                    thing + ": keys must be a String, a boxed primitive, a UUID, an enum or a record of"
                            + " these, but " + culprit);
        }
    }

    static void checkValueType(String mapName, Class<?> type) {
        checkValueTypeOf("map '" + mapName + "'", type);
    }

    /** Checks the type of the values of a thing, such as {@code map 'm'}. */
    static void checkValueTypeOf(String thing, Class<?> type) {
        Objects.requireNonNull(type, () -> thing + ": the value type is null; name a class");
        if (type.isPrimitive()) {
            throw new GridException(
                    GridException.Code.BAD_VALUE,
                    thing + ": values must be objects, but " + type.getName()
                            + " is primitive; name its boxed class");
        }
    }

    /** Says what is wrong with a key type, or null if nothing is. */
    private static String culprit(Class<?> type, String path, Set<Class<?>> around) {
        if (type == null || !(SIMPLE.contains(type) || type.isPrimitive() || type.isEnum() || type.isRecord())) {
            return path + " is " + (type == null ? "null" : "a " + type.getName());
        }
        if (!type.isRecord()) {
            return null;
        }
        if (around.contains(type)) {
            return path + " is a " + type.getName() + " again, and a key must not contain itself";
        }
        Set<Class<?>> within = new HashSet<>(around);
        within.add(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String found = culprit(component.getType(), path + "." + component.getName(), within);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String quoted(String name) {
        return name == null ? "null" : "'" + name + "'";
    }
}
