package io.penstock.grid.codec;

/** The fields of a class, with the shapes that its type arguments give them where it is declared. */
final class Struct {

    private final NamedType type;
    private final ClassAccess access;
    private Field[] fields;

    Struct(NamedType type, ClassAccess access) {
        this.type = type;
        this.access = access;
    }

    /** Later than the constructor, because a class may contain itself. */
    void fields(Field[] fields) {
        this.fields = fields;
    }

    NamedType type() {
        return type;
    }

    void write(Encoder to, Object value) {
        to.out().tag(Tag.STRUCT);
        to.use(type);
        to.enter();
        int i = 0;
        try {
            for (; i < fields.length; i++) {
                fields[i].shape().writeField(to, fields[i], value);
            }
        } catch (Fault e) {
            throw e.under("." + fields[i].name());
        }
        to.leave();
    }

    /** In the order of the bytes' own layout; what it lacks gets its default, what the class lacks is skipped. */
    Object read(Decoder from, Layout layout) {
        from.enter();
        Slots slots = from.slots();
        int base = slots.push(fields.length);
        if (!layout.isComplete()) {
            for (Field field : fields) {
                field.shape().missField(from, base + field.index());
            }
        }
        int[] targets = layout.targets();
        int i = 0;
        try {
            for (; i < targets.length; i++) {
                int target = targets[i];
                if (target == Layout.LOST) {
                    Skip.value(from);
                } else {
                    fields[target].shape().readField(from, base + target);
                }
            }
        } catch (Fault e) {
            throw e.under("." + layout.fieldName(i));
        }
        slots.ready(base);
        Object value = access.make(slots);
        slots.pop(base);
        from.leave();
        return value;
    }
}
