package io.penstock.grid;

import java.lang.reflect.RecordComponent;
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

    static void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new GridException(
                    GridException.Code.BAD_NAME,
                    "a name must be 1 to 200 letters, digits, '.', '_' or '-', but is " + quoted(name));
        }
    }

    static void checkKeyType(String mapName, Class<?> type) {
        String culprit = culprit(type, type == null ? "null" : type.getSimpleName());
        if (culprit != null) {
            throw new GridException(
                    GridException.Code.BAD_KEY,
                    "map '" + mapName + "': keys must be a String, a boxed primitive, a UUID, an enum or a record of"
                            + " these, but " + culprit);
        }
    }

    /** Says what is wrong with a key type, or null if nothing is. */
    private static String culprit(Class<?> type, String path) {
        if (type == null || !(SIMPLE.contains(type) || type.isPrimitive() || type.isEnum() || type.isRecord())) {
            return path + " is " + (type == null ? "null" : "a " + type.getName());
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String found = culprit(component.getType(), path + "." + component.getName());
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static String quoted(String name) {
        return name == null ? "null" : "'" + name + "'";
    }
}
