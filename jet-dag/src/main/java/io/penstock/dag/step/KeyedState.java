package io.penstock.dag.step;

import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.StateEntry;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** State by key, forgotten when event time has gone on by more than a ttl since the key's last use. */
final class KeyedState<K, S> {

    /** What a snapshot holds of a key. */
    record Saved(Object state, long usedMs) implements Serializable {}

    private static final class Cell<S> {
        private final S state;
        private long usedMs;

        private Cell(S state, long usedMs) {
            this.state = state;
            this.usedMs = usedMs;
        }

        private Saved saved() {
            return new Saved(state, usedMs);
        }
    }

    private final SupplierEx<? extends S> createFn;
    private final long ttlMs;
    private final Map<K, Cell<S>> cells = new HashMap<>();
    private final Expiry<K> expiry = new Expiry<>();

    KeyedState(SupplierEx<? extends S> createFn, long ttlMs) {
        this.createFn = createFn;
        this.ttlMs = ttlMs;
    }

    S use(K key, long timeMs) throws Exception {
        Cell<S> cell = cells.get(key);
        if (cell == null) {
            cell = new Cell<>(createFn.getEx(), timeMs);
            cells.put(key, cell);
            expiry.set(Expiry.later(timeMs, ttlMs), key);
        }
        cell.usedMs = Math.max(cell.usedMs, timeMs);
        return cell.state;
    }

    void forgetUnused(long watermarkMs) {
        for (K key = expiry.fire(watermarkMs); key != null; key = expiry.fire(watermarkMs)) {
            Cell<S> cell = cells.get(key);
            long endMs = Expiry.later(cell.usedMs, ttlMs);
            if (endMs < watermarkMs) {
                cells.remove(key);
            } else {
                expiry.set(endMs, key);
            }
        }
    }

    Iterator<StateEntry> snapshot() {
        return cells.entrySet().stream()
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue().saved()))
                .iterator();
    }

    @SuppressWarnings("unchecked")
    void restore(K key, Saved saved) {
        cells.put(key, new Cell<>((S) saved.state, saved.usedMs));
        expiry.set(Expiry.later(saved.usedMs, ttlMs), key);
    }
}
