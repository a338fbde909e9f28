package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A type as the bytes have it: its name and the names of its fields then, in their order. */
final class Layout {

    /** In place of the index of a field that the class has no more. */
    static final int LOST = -1;

    private final String typeName;
    private final NamedType type;
    private final List<String> fieldNames;
    private final int[] targets;
    private final boolean complete;

    /**
     * The layout of the bytes.
     *
     * @param type null if the codec knows no such type, which is no error as long as only lost fields have it
     */
    Layout(String typeName, NamedType type, List<String> fieldNames) {
        this.typeName = typeName;
        this.type = type;
        this.fieldNames = fieldNames;
        this.targets = new int[fieldNames.size()];
        Set<String> names = new HashSet<>();
        int found = 0;
        for (int i = 0; i < targets.length; i++) {
            if (!names.add(fieldNames.get(i))) {
                throw Fault.badBytes("the layout of a type has a field twice");
            }
            targets[i] = type == null ? LOST : type.fieldNames().indexOf(fieldNames.get(i));
            found += targets[i] == LOST ? 0 : 1;
        }
        this.complete = type != null && found == type.fieldNames().size();
    }

    /** Null if the codec does not know it. */
    NamedType type() {
        return type;
    }

    /** For each field in the bytes, the index of the field of the class, or {@link #LOST}. */
    int[] targets() {
        return targets;
    }

    /** Whether no field of the class is missing. */
    boolean isComplete() {
        return complete;
    }

    String fieldName(int i) {
        return printable(fieldNames.get(i));
    }

    Fault notExpected(String expected) {
        return new Fault(
                Code.BAD_TYPE,
                "found type '" + printable(typeName) + "', expected " + expected + "; if a class was renamed, name the"
                        + " old name with renamed(...) in the codec's options; if it is another one, with allow(...)");
    }

    /** A name out of bytes that may be forged goes into a message. */
    private static String printable(String name) {
        int length = Math.min(name.length(), 200);
        StringBuilder printable = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            printable.append(Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c) || c == '.'
                    ? c : '?');
        }
        return printable.toString();
    }
}
