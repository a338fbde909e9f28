package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Outbox;

/**
 * A processor's outbox, which after a refusal wants the same item again before any other. That item waits here; so
 * the ends of a tree need not know of each other.
 */
final class SpikeOutlet {

    private static final int[] NO_EDGES = {};

    private Outbox outbox;
    private Object refused;
    private int refusedOrdinal;
    private boolean closed;

    void open(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Jet calls the processor: what was refused may be offered again. */
    void beginCall() {
        closed = false;
    }

    /** Takes an item, if there is none that waits. */
    boolean offer(int ordinal, Object item) {
        if (!drain()) {
            return false;
        }
        if (!outbox.offer(ordinal, item)) {
            closed = true;
            refused = item;
            refusedOrdinal = ordinal;
        }
        return true;
    }

    /** Whether no item waits. */
    boolean drain() {
        if (refused == null) {
            return true;
        }
        if (closed || !outbox.offer(refusedOrdinal, refused)) {
            closed = true;
            return false;
        }
        refused = null;
        return true;
    }

    boolean offerToSnapshot(Object key, Object value) {
        return outbox.offerToSnapshot(key, value);
    }

    /** Tells Jet that the processor has worked without emitting; it would be parked otherwise. */
    void reportWork() {
        if (refused == null) {
            outbox.offer(NO_EDGES, "worked");
        }
    }
}
