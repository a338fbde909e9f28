package io.penstock.dag.cluster;

import com.hazelcast.partition.PartitionAware;
import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventReader;
import io.penstock.dag.wire.EventWriter;
import io.penstock.dag.wire.WireInput;
import io.penstock.grid.cluster.KeyPartitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The key of an entry in Jet's snapshot. Jet gives it back to the processor that owns the partition in which a map has
 * the key of the state, which is where the rows of that key go. The key of one that was read stays in bytes until
 * somebody wants it.
 *
 * <p>For many threads: an entry for all processors comes to each as the same object.
 */
final class SavedKey implements PartitionAware<Object> {

    private final String stage;
    private final int instance;
    private final long ordinal;
    private Object key;
    /** Written after the key, and read before it. */
    private volatile boolean isKeyKnown;
    /** All of it; null of one that was not read. */
    private final byte[] bytes;
    private final int keyAt;
    private final EventForms forms;

    /**
     * The key of an entry to be saved.
     *
     * @param stage the node of the plan that saves the entry
     * @param instance the instance of the node, from 0
     * @param ordinal the number of the entry among those of the instance: several may have one key
     * @param key by which the state is kept; of the types for keys of maps, unless the entry is for all processors
     */
    SavedKey(String stage, int instance, long ordinal, Object key) {
        this.stage = stage;
        this.instance = instance;
        this.ordinal = ordinal;
        this.key = key;
        isKeyKnown = true;
        bytes = null;
        keyAt = 0;
        forms = null;
    }

    /** One that was read. */
    SavedKey(byte[] bytes, EventForms forms) throws IOException {
        this.bytes = bytes;
        this.forms = forms;
        WireInput in = WireBytes.input(bytes);
        stage = in.text();
        instance = in.varint(Integer.MAX_VALUE);
        ordinal = in.varint();
        keyAt = bytes.length - in.left();
    }

    void write(EventWriter to) {
        WireBytes.begin(to.out());
        to.out().text(stage);
        to.out().varint(instance);
        to.out().varint(ordinal);
        to.events(new Object[] {key}, 1, () -> "stage '" + stage + "': a key of its state");
    }

    byte[] bytes() {
        return bytes;
    }

    String stage() {
        return stage;
    }

    int instance() {
        return instance;
    }

    long ordinal() {
        return ordinal;
    }

    /**
     * The key of the state; of the classes of the thread's context class loader.
     *
     * @throws UncheckedIOException if the bytes are damaged, or there is no such class
     */
    Object key() {
        if (!isKeyKnown) { // else two threads at a time find two that are equal
            try {
                WireInput in = new WireInput(bytes, keyAt, bytes.length - keyAt);
                key = new EventReader(forms, in).events(1)[0];
                isKeyKnown = true;
            } catch (IOException e) {
                throw new UncheckedIOException("stage '" + stage + "': " + e.getMessage(), e);
            }
        }
        return key;
    }

    @Override
    public Object getPartitionKey() {
        return KeyPartitions.stored(key());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SavedKey saved && instance == saved.instance && ordinal == saved.ordinal
                && stage.equals(saved.stage) && Objects.equals(key(), saved.key());
    }

    @Override
    public int hashCode() {
        return Objects.hash(stage, instance, ordinal);
    }

    /** Without the key, which is for nobody's log. */
    @Override
    public String toString() {
        return "entry " + ordinal + " of stage '" + stage + "', instance " + instance;
    }
}
