package io.penstock.dag.wire;

import io.penstock.dag.wire.Form.Tag;
import io.penstock.grid.GridException;
import java.io.IOException;

/** Reads events out of bytes, which may be damaged. For one batch or value. */
public final class EventReader {

    private static final Tag[] TAGS = Tag.values();

    private final EventForms forms;
    private final WireInput in;
    private int depth;

    public EventReader(EventForms forms, WireInput in) {
        this.forms = forms;
        this.in = in;
    }

    public WireInput in() {
        return in;
    }

    /** Returns how deep it is then. */
    int deeper(int levels) {
        depth += levels;
        return depth;
    }

    /**
     * As many events as were written.
     *
     * @throws IOException if the bytes are damaged, or this member has not the class of an event
     * @throws GridException if the bytes of an event that the codec has written are damaged
     */
    public Object[] events(int count) throws IOException {
        try {
            return column(count);
        } catch (GridException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new IOException("events that another member has sent, or a snapshot, cannot be read: " + e, e);
        }
    }

    Object[] column(int count) throws IOException {
        Tag tag = tag();
        return tag == Tag.MIXED ? mixed(count) : ofOneClass(tag, count);
    }

    private Tag tag() throws IOException {
        int number = in.get1();
        if (number >= TAGS.length) {
            throw WireInput.damaged("there is no form number " + number);
        }
        return TAGS[number];
    }

    private Object[] mixed(int count) throws IOException {
        int[] sizes = new int[in.varint(count)];
        long[] groups = in.numbers(count, 0);
        for (long group : groups) {
            if (group < 0 || group >= sizes.length) {
                throw WireInput.damaged("there is no group number " + group);
            }
            sizes[(int) group]++;
        }
        Object[][] members = new Object[sizes.length][];
        for (int group = 0; group < sizes.length; group++) {
            members[group] = ofOneClass(tag(), sizes[group]);
        }
        Object[] values = new Object[count];
        int[] next = new int[sizes.length];
        for (int i = 0; i < count; i++) {
            int group = (int) groups[i];
            values[i] = members[group][next[group]++];
        }
        return values;
    }

    private Object[] ofOneClass(Tag tag, int count) throws IOException {
        return switch (tag) {
            case NULLS -> new Object[count];
            case ENUMS, RECORDS, CODEC -> forms.of(tag, ClassNames.read(in.text())).read(count, this);
            case MIXED -> throw WireInput.damaged("mixed events are within mixed events");
            default -> forms.simple(tag).read(count, this);
        };
    }
}
