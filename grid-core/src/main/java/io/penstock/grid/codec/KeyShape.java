package io.penstock.grid.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A record in a key, and null within one. Its bytes are the components in the order of their names, and depend on
 * nothing else: not on the name of the record or the order of its components. A key that gains, loses or renames a
 * component is another key; the fingerprint says so.
 */
final class KeyShape extends Shape {

    private final Class<?> type;
    private final ClassAccess access;
    private final List<Field> fields;
    private final boolean isRoot;
    private final int fingerprint;

    private KeyShape(Class<?> type, boolean isRoot) {
        this.type = type;
        this.access = new ClassAccess(type, type.getSimpleName());
        this.isRoot = isRoot;
        this.fingerprint = fingerprint(describe(type));
        List<Field> fields = new ArrayList<>();
        for (java.lang.reflect.Field field : access.fields()) {
            fields.add(new Field(
                    field.getName(), fields.size(), of(field.getType(), false), ClassAccess.getter(field)));
        }
        fields.sort(Comparator.comparing(Field::name));
        this.fields = List.copyOf(fields);
    }

    /** The shape of a type that the rules for keys allow. */
    static Shape of(Class<?> type) {
        return of(type, true);
    }

    private static Shape of(Class<?> type, boolean isRoot) {
        if (type == String.class) {
            return new TextShape();
        } else if (type == UUID.class) {
            return new LeafShape(type, Leaf.ofType(type));
        } else if (type.isEnum()) {
            return new EnumShape(new NamedType(type, List.of()));
        } else if (type.isRecord()) {
            return new KeyShape(type, isRoot);
        }
        return new PrimitiveShape(Primitive.of(type), !type.isPrimitive());
    }

    /** Such as {@code {bank:String,number:Long}}. */
    private static String describe(Class<?> type) {
        if (type.isRecord()) {
            StringBuilder text = new StringBuilder("{");
            new ClassAccess(type, "").fields().stream()
                    .sorted(Comparator.comparing(java.lang.reflect.Field::getName))
                    .forEach(field ->
                            text.append(field.getName()).append(':').append(describe(field.getType())).append(','));
            return text.append('}').toString();
        } else if (type.isEnum()) {
            return "Enum";
        }
        Primitive primitive = Primitive.of(type);
        return primitive == null ? type.getSimpleName() : primitive.boxType().getSimpleName();
    }

    private static int fingerprint(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
            return;
        } else if (value.getClass() != type) {
            throw notExpected(value);
        }
        to.out().tag(isRoot ? Tag.KEY : Tag.KEY_PART);
        if (isRoot) {
            to.out().put4(fingerprint);
        }
        int i = 0;
        try {
            for (; i < fields.size(); i++) {
                fields.get(i).shape().writeField(to, fields.get(i), value);
            }
        } catch (Fault e) {
            throw e.under("." + fields.get(i).name());
        }
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (tag != (isRoot ? Tag.KEY : Tag.KEY_PART)) {
            throw notExpected(tag);
        } else if (isRoot && from.in().get4() != fingerprint) {
            throw Fault.badBytes("the bytes are of a key with other components than " + type.getName() + " has now; the"
                    + " names and types of a key's components cannot change, so copy the entries to a new map");
        }
        Slots slots = from.slots();
        int base = slots.push(fields.size());
        int i = 0;
        try {
            for (; i < fields.size(); i++) {
                fields.get(i).shape().readField(from, base + fields.get(i).index());
            }
        } catch (Fault e) {
            throw e.under("." + fields.get(i).name());
        }
        slots.ready(base);
        Object value = access.make(slots);
        slots.pop(base);
        return value;
    }

    @Override
    String expected() {
        return "a key that is a " + type.getName();
    }
}
