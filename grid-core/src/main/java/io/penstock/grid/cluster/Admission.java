package io.penstock.grid.cluster;

import io.penstock.grid.host.Change;

/** Keeps the number of entries within the map's maximum. */
final class Admission<K, V> {

    private final StoredEntries<K, V> entries;

    Admission(StoredEntries<K, V> entries) {
        this.entries = entries;
    }

    Stored put(Stored key, Stored next, long ttlNs) {
        return entries.put(key, next, ttlNs);
    }

    Stored replaceLive(Stored key, Stored next, long nowMs) {
        return entries.replaceLive(key, next, nowMs);
    }

    Change<K, V> change(K key, boolean onlyPresent, Change.Step<K, V> step) {
        return entries.change(key, onlyPresent, true, step);
    }
}
