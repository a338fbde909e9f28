package io.penstock.dag.step;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.table.KeyTable;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The accumulators of tumbling windows, by window and key. */
final class WindowFrames {

    /** What a snapshot holds of a key and a window. */
    record Saved(long endMs, Object accumulator) implements Serializable {}

    private final long sizeMs;
    private final TreeMap<Long, KeyTable> byEnd = new TreeMap<>();
    /** The window that was asked for last; {@link Batch#NO_TIME} for none. */
    private long currentEndMs = Batch.NO_TIME;
    private KeyTable current;
    /** What the window that was removed last has needed: the next ones will be about as large. */
    private KeyTable.Room expected = KeyTable.Room.NONE;

    WindowFrames(long sizeMs) {
        this.sizeMs = sizeMs;
    }

    /** The end of the window that a time falls into, exclusive. */
    long endMsOf(long timeMs) {
        return Expiry.later(Math.floorDiv(timeMs, sizeMs) * sizeMs, sizeMs);
    }

    /** The accumulators of the window with that end. */
    KeyTable ofEnd(long endMs) {
        if (endMs != currentEndMs) {
            current = byEnd.computeIfAbsent(endMs, ignored -> new KeyTable(expected));
            currentEndMs = endMs;
        }
        return current;
    }

    /** Whether there is a window that ends up to then. */
    boolean hasEnded(long upToMs) {
        return !byEnd.isEmpty() && byEnd.firstKey() <= upToMs;
    }

    /** The end of the oldest window, of which there must be one. */
    long firstEndMs() {
        return byEnd.firstKey();
    }

    KeyTable first() {
        return byEnd.firstEntry().getValue();
    }

    void removeFirst() {
        expected = byEnd.pollFirstEntry().getValue().room();
        currentEndMs = Batch.NO_TIME;
        current = null;
    }

    /** The number of accumulators. */
    int size() {
        int size = 0;
        for (KeyTable table : byEnd.values()) {
            size += table.size();
        }
        return size;
    }

    /** All accumulators, by key, for a snapshot. */
    Iterator<StateEntry> saved() {
        return byEnd.entrySet().stream()
                .flatMap(window -> {
                    KeyTable.Cursor cursor = window.getValue().cursor();
                    return Stream.generate(() -> cursor.next() ? saved(window.getKey(), cursor) : null)
                            .takeWhile(Objects::nonNull);
                })
                .iterator();
    }

    private static StateEntry saved(long endMs, KeyTable.Cursor cursor) {
        return new StateEntry(cursor.key(), new Saved(endMs, cursor.value()));
    }

    /** Of one key and window there may be several saved entries: those of both steps, and of several instances. */
    @SuppressWarnings("unchecked")
    <A> void restore(Object key, Object value, BiConsumerEx<? super A, ? super A> combineFn) throws Exception {
        Saved saved = (Saved) value;
        KeyTable window = ofEnd(saved.endMs);
        Object present = KeyTable.find(window, key);
        if (present == null) {
            KeyTable.add(window, key, saved.accumulator);
        } else {
            combineFn.acceptEx((A) present, (A) saved.accumulator);
        }
    }
}
