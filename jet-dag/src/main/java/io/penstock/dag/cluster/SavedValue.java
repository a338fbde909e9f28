package io.penstock.dag.cluster;

import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventReader;
import io.penstock.dag.wire.EventWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The value of an entry in Jet's snapshot: the state of one key. One that was read stays in bytes until somebody wants
 * it, since Jet passes entries on, also to other members, before they come to who restores them.
 */
final class SavedValue {

    private final Object value;
    /** Null of one that was not read. */
    private final byte[] bytes;
    private final EventForms forms;

    SavedValue(Object value) {
        this.value = value;
        bytes = null;
        forms = null;
    }

    /** One that was read. */
    SavedValue(byte[] bytes, EventForms forms) {
        value = null;
        this.bytes = bytes;
        this.forms = forms;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * The state; of one that was read a new object with each call, of the classes of the thread's context class loader.
     *
     * @throws UncheckedIOException if the bytes are damaged, or there is no such class
     */
    Object value() {
        if (bytes == null) {
            return value;
        }
        try {
            return new EventReader(forms, WireBytes.input(bytes)).events(1)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Jet wants an entry that it has refused to be offered again, and compares. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SavedValue saved && Objects.equals(value, saved.value)
                && Arrays.equals(bytes, saved.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(value) + Arrays.hashCode(bytes);
    }

    void write(EventWriter to) {
        WireBytes.begin(to.out());
        to.events(new Object[] {value}, 1, () -> "the state of a key");
    }
}
