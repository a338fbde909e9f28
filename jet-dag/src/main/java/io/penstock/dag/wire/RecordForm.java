package io.penstock.dag.wire;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.UUID;

/**
 * Records: one column for each component. So neither the names of the components nor the classes of what is in them
 * are written for each record.
 *
 * <p>A record is what its components are, and the canonical constructor makes it again, as in Java's serialization.
 * Records that say how they want to be serialized are not for this form.
 *
 * <p><b>Objects in two places.</b> Component by component, an object that two components lead to would come back as
 * two. Where this may matter, which is where at least two components lead to objects that can change, Java's
 * serialization writes the records whole, if it can.
 */
final class RecordForm extends Form {

    private static final int DEPTH_MAX = 64;

    private final Class<?> type;
    private final RecordAccess access;
    private final RecordComponent[] components;
    /** For each component whether it may lead to objects that can change. */
    private final boolean[] maybeShared;
    private final int maybeSharedCount;

    private RecordForm(Class<?> type) {
        super(Tag.RECORDS);
        this.type = type;
        access = new RecordAccess(type);
        components = type.getRecordComponents();
        maybeShared = new boolean[components.length];
        int count = 0;
        for (int i = 0; i < components.length; i++) {
            maybeShared[i] = maybeShared(components[i].getType(), 0);
            count += maybeShared[i] ? 1 : 0;
        }
        maybeSharedCount = count;
    }

    /** Null if records of the class are to be written otherwise. */
    static RecordForm of(Class<?> type) {
        if (type.isHidden() || Arrays.stream(type.getDeclaredMethods()).anyMatch(method ->
                method.getParameterCount() == 0
                        && (method.getName().equals("writeReplace") || method.getName().equals("readResolve")))) {
            return null;
        }
        return RecordAccess.isOpen(type) ? new RecordForm(type) : null;
    }

    private static boolean maybeShared(Class<?> declared, int depth) {
        if (declared.isRecord() && depth < DEPTH_MAX) {
            return Arrays.stream(declared.getRecordComponents())
                    .anyMatch(component -> maybeShared(component.getType(), depth + 1));
        }
        return !declared.isPrimitive() && !declared.isEnum() && declared != String.class && declared != Long.class
                && declared != Integer.class && declared != Double.class && declared != UUID.class
                && declared != Boolean.class;
    }

    @Override
    boolean isShared() {
        return maybeSharedCount > 0;
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        Object[][] parts = new Object[components.length][];
        for (int i = 0; i < parts.length; i++) {
            if (!components[i].getType().isPrimitive()) {
                parts[i] = access.references(i, values, count);
            }
        }
        to.out().text(ClassNames.written(type));
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] == null) {
                long[] numbers = to.scratch(count);
                access.numbers(i, values, count, numbers);
                NumberForm.widthOf(components[i].getType()).write(numbers, count, to.out());
            } else {
                writePart(i, parts[i], count, to);
            }
        }
    }

    private void writePart(int i, Object[] part, int count, EventWriter to) {
        try {
            to.deeper(1);
            to.column(part, count);
            to.deeper(-1);
        } catch (Unwritable e) {
            throw e.under(components[i].getName());
        }
    }

    /** Whether these records are better written whole. */
    boolean mayShare(Object[] values, int count, EventForms forms) {
        if (maybeSharedCount < 2 || !Serializable.class.isAssignableFrom(type)) {
            return false;
        }
        int shared = 0;
        for (int i = 0; i < components.length && shared < 2; i++) {
            if (maybeShared[i] && forms.leadToShared(access.references(i, values, count), count)) {
                shared++;
            }
        }
        return shared == 2;
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        if (from.deeper(1) > DEPTH_MAX) {
            throw WireInput.damaged("records are nested more than " + DEPTH_MAX + " deep");
        }
        RecordAccess.Cells cells = new RecordAccess.Cells(components.length);
        for (int i = 0; i < components.length; i++) {
            Class<?> declared = components[i].getType();
            if (declared.isPrimitive()) {
                cells.numbers[i] = NumberForm.widthOf(declared).read(count, from.in());
            } else {
                cells.references[i] = from.column(count);
            }
        }
        from.deeper(-1);
        return access.make(cells, count);
    }
}
