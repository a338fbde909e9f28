package io.penstock.dag.wire;

import io.penstock.dag.wire.Form.Tag;
import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes events into bytes. Used by one thread at a time. */
public final class EventWriter {

    private static final int DEPTH_MAX = 64;
    private static final int SCRATCH_KEPT_MAX = 1 << 16;

    private final EventForms forms;
    private final WireOutput out = new WireOutput();
    private long[] scratch = new long[512];
    private int depth;

    EventWriter(EventForms forms) {
        this.forms = forms;
    }

    public WireOutput out() {
        return out;
    }

    void clear() {
        out.clear();
        depth = 0;
        if (scratch.length > SCRATCH_KEPT_MAX) {
            scratch = new long[512];
        }
    }

    /** Room for longs, until the next call. */
    long[] scratch(int count) {
        if (scratch.length < count) {
            scratch = new long[count];
        }
        return scratch;
    }

    void deeper(int levels) {
        depth += levels;
    }

    /**
     * Writes events, which may be null and of any classes.
     *
     * @param what they are, for messages: {@code an event}
     * @throws GridException with {@link GridException.Code#BAD_TYPE} if one cannot be written; names its class
     */
    public void events(Object[] events, int count, Supplier<String> what) {
        try {
            column(events, count);
        } catch (Unwritable e) {
            throw new GridException(
                    GridException.Code.BAD_TYPE,
                    what.get() + " cannot be sent to other members or saved: " + types(events, count) + e.path() + " "
                            + e.getMessage(),
                    e.getCause());
        }
    }

    private static String types(Object[] events, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count && names.size() < 4; i++) {
            String name = events[i] == null ? "null" : typeOf(events[i]).getName();
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return String.join(" or ", names);
    }

    static Class<?> typeOf(Object value) {
        return value == null ? null : value instanceof Enum<?> constant ? constant.getDeclaringClass()
                : value.getClass();
    }

    void column(Object[] values, int count) {
        Class<?> type = count == 0 ? null : typeOf(values[0]);
        for (int i = 1; i < count; i++) {
            if (typeOf(values[i]) != type) {
                mixed(values, count);
                return;
            }
        }
        ofOneClass(type, values, count);
    }

    /** First to which class each belongs, then one column for each class. */
    private void mixed(Object[] values, int count) {
        List<Class<?>> types = new ArrayList<>();
        long[] groups = new long[count];
        int[] sizes = new int[count];
        Class<?> last = null;
        int group = -1;
        for (int i = 0; i < count; i++) {
            Class<?> type = typeOf(values[i]);
            if (type != last || group < 0) {
                group = types.indexOf(type);
                if (group < 0) {
                    group = types.size();
                    types.add(type);
                }
                last = type;
            }
            groups[i] = group;
            sizes[group]++;
        }
        out.put1(Tag.MIXED.ordinal());
        out.varint(types.size());
        out.numbers(groups, count, 0);
        for (group = 0; group < types.size(); group++) {
            Object[] members = new Object[sizes[group]];
            int size = 0;
            for (int i = 0; i < count; i++) {
                if (groups[i] == group) {
                    members[size++] = values[i];
                }
            }
            ofOneClass(types.get(group), members, size);
        }
    }

    private void ofOneClass(Class<?> type, Object[] values, int count) {
        if (type == null) {
            out.put1(Tag.NULLS.ordinal());
            return;
        }
        Form form = forms.of(type);
        if (form instanceof RecordForm records && (depth >= DEPTH_MAX || records.mayShare(values, count, forms))) {
            int before = out.size();
            try {
                write(forms.java(), values, count);
                return;
            } catch (Unwritable e) {
                if (depth >= DEPTH_MAX) {
                    throw e;
                }
                out.cutTo(before); // some part is not serializable: better two objects that are equal than none
            }
        }
        write(form, values, count);
    }

    private void write(Form form, Object[] values, int count) {
        out.put1(form.tag().ordinal());
        form.write(values, count, this);
    }
}
