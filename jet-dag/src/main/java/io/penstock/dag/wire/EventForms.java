package io.penstock.dag.wire;

import io.penstock.dag.wire.Form.Tag;
import io.penstock.dag.wire.NumberForm.Width;
import io.penstock.grid.GridException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which form the events of a class have. Any event comes back as it was, whatever its form:
 *
 * <ul>
 *   <li>null, boxed primitives, Strings, UUIDs, enums, and arrays of longs, ints, doubles, floats and bytes: directly;
 *   <li>records: by component, see {@link RecordForm};
 *   <li>what the codec brings back exactly: {@link CodecForm};
 *   <li>all else by Java's serialization, and so it must be serializable.
 * </ul>
 *
 * <p>What is lost is only that one object was in two events. For many threads. Remembers classes: one for each
 * execution of a job, whose class loader must not be held alive.
 */
public final class EventForms {

    private static final int WRITERS_KEPT = 16;
    private static final int CAPACITY_KEPT_MAX = 1 << 20;

    private final Map<Tag, Form> simple = new EnumMap<>(Tag.class);
    private final Map<Class<?>, Form> byClass = new ConcurrentHashMap<>();
    private final Form java = new JavaForm();
    private final JobClasses classes = new JobClasses();
    private final AtomicReferenceArray<EventWriter> writers = new AtomicReferenceArray<>(WRITERS_KEPT);

    public EventForms() {
        Map<Class<?>, Form> forms = new HashMap<>();
        forms.put(Long.class, new NumberForm(Tag.LONGS, Width.PACKED, value -> (Long) value, value -> value));
        forms.put(Integer.class,
                new NumberForm(Tag.INTS, Width.PACKED, value -> (Integer) value, value -> (int) value));
        forms.put(Short.class, new NumberForm(Tag.SHORTS, Width.PACKED, value -> (Short) value, value -> (short) value));
        forms.put(Byte.class, new NumberForm(Tag.BYTES, Width.PACKED, value -> (Byte) value, value -> (byte) value));
        forms.put(Character.class,
                new NumberForm(Tag.CHARS, Width.PACKED, value -> (Character) value, value -> (char) value));
        forms.put(Boolean.class,
                new NumberForm(Tag.BOOLEANS, Width.PACKED, value -> (Boolean) value ? 1 : 0, value -> value != 0));
        forms.put(Double.class, new NumberForm(
                Tag.DOUBLES, Width.EIGHT, value -> Double.doubleToRawLongBits((Double) value), Double::longBitsToDouble));
        forms.put(Float.class, new NumberForm(
                Tag.FLOATS, Width.FOUR, value -> Float.floatToRawIntBits((Float) value),
                value -> Float.intBitsToFloat((int) value)));
        forms.put(String.class, new TextForm());
        forms.put(UUID.class, new UuidForm());
        forms.put(long[].class, new ArrayForm.Longs());
        forms.put(int[].class, new ArrayForm.Ints());
        forms.put(double[].class, new ArrayForm.Doubles());
        forms.put(float[].class, new ArrayForm.Floats());
        forms.put(byte[].class, new ArrayForm.Bytes());
        forms.values().forEach(form -> simple.put(form.tag(), form));
        simple.put(Tag.JAVA, java);
        byClass.putAll(forms);
    }

    /** For one batch or value; {@link #done} takes it back. */
    public EventWriter writer() {
        EventWriter kept = writers.getAndSet(place(), null);
        EventWriter writer = kept == null ? new EventWriter(this) : kept;
        writer.clear();
        return writer;
    }

    public void done(EventWriter writer) {
        if (writer.out().bytes().length <= CAPACITY_KEPT_MAX) {
            writers.setRelease(place(), writer);
        }
    }

    private static int place() {
        return System.identityHashCode(Thread.currentThread()) & WRITERS_KEPT - 1;
    }

    /** Finds the classes that are named in bytes. */
    public JobClasses classes() {
        return classes;
    }

    Form java() {
        return java;
    }

    /** The form of objects whose class has no name in the bytes; null if there is none. */
    Form simple(Tag tag) {
        return simple.get(tag);
    }

    /** @param type of enum constants the class that declares them */
    Form of(Class<?> type) {
        Form form = byClass.get(type);
        return form != null ? form : byClass.computeIfAbsent(type, this::choose);
    }

    private Form choose(Class<?> type) {
        Form form = null;
        if (type.isEnum()) {
            form = new EnumForm(type);
        } else if (type.isRecord()) {
            form = RecordForm.of(type);
        } else {
            try {
                form = CodecForm.of(type);
            } catch (GridException e) {
                form = java; // the codec says why not, but who is not serializable hears that at least
            }
        }
        return form == null ? java : form;
    }

    /** @throws IOException if there is no such class, or it has another form here */
    Form of(Tag tag, String className) throws IOException {
        Form form = of(classes.find(className));
        if (form.tag() != tag) {
            throw WireInput.damaged("class " + className + " is not written as " + tag);
        }
        return form;
    }

    /** Whether an object leads to others that can change. */
    boolean leadToShared(Object[] values, int count) {
        Class<?> last = null;
        for (int i = 0; i < count; i++) {
            Class<?> type = EventWriter.typeOf(values[i]);
            if (type != last && type != null && of(type).isShared()) {
                return true;
            }
            last = type;
        }
        return false;
    }
}
