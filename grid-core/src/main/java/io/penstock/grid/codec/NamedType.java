package io.penstock.grid.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A class of the user's that may be in the bytes: a record, an enum or another class. It stands there by its name. */
final class NamedType {

    private final Class<?> type;
    private final List<String> fieldNames;
    private final Map<String, Enum<?>> constants = new HashMap<>();
    private int id;
    private Struct open;

    NamedType(Class<?> type, List<String> fieldNames) {
        this.type = type;
        this.fieldNames = fieldNames;
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name(), (Enum<?>) constant);
            }
        }
    }

    Class<?> type() {
        return type;
    }

    String name() {
        return type.getName();
    }

    /** In the order of their slots; none of an enum. */
    List<String> fieldNames() {
        return fieldNames;
    }

    /** Its number in the bytes that this codec writes. */
    int id() {
        return id;
    }

    void number(int id) {
        this.id = id;
    }

    /** Its fields where only its class is known, and no type arguments; null of an enum. */
    Struct open() {
        return open;
    }

    void openAs(Struct open) {
        this.open = open;
    }

    Object constant(Decoder from) {
        Object constant = constants.get(from.in().text());
        if (constant == null) {
            throw Fault.badBytes(type.getName() + " has no longer the constant that was written; it has "
                    + constants.keySet().stream().sorted().toList() + ", and constants must not be renamed or removed");
        }
        return constant;
    }
}
