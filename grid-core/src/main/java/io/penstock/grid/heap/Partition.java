package io.penstock.grid.heap;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries of some of a map's keys. Its monitor is what writers of these keys take turns with; readers need none.
 *
 * <p>All but {@link #entries} and the next deadline is guarded by the monitor.
 */
final class Partition<K, V> {

    final int number;
    /** By key the bare value, or its {@link HeapEntry}. Written under the monitor only. */
    final ConcurrentHashMap<K, Object> entries = new ConcurrentHashMap<>();
    final Followers<K, V> followers;
    /** Null until an entry has a time to live. */
    private Deadlines<K, V> deadlines;
    /** A time before which nothing expires; written under the monitor. */
    private volatile long nextDeadlineNs = HeapEntry.NEVER;

    Partition(int number, MapIndexes<K, V> indexes) {
        this.number = number;
        followers = new Followers<>(indexes);
    }

    boolean hasExpired(long nowNs) {
        return nextDeadlineNs <= nowNs;
    }

    long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    /** An entry came into the table. */
    void timed(HeapEntry<K, V> entry) {
        if (entry == null || !entry.isTimed()) {
            return;
        }
        if (deadlines == null) {
            deadlines = new Deadlines<>(candidate -> entries.get(candidate.key) == candidate);
        }
        deadlines.add(entry);
        nextDeadlineNs = deadlines.nextNs();
    }

    /** An entry left the table, other than because {@link #pollExpired} gave it out. */
    void untimed(HeapEntry<K, V> entry) {
        if (entry != null && entry.isTimed()) {
            deadlines.left();
        }
    }

    /** An entry that has expired and is out of the deadlines, but still in the table; null if there is none. */
    HeapEntry<K, V> pollExpired(long nowNs) {
        if (deadlines == null) {
            return null;
        }
        HeapEntry<K, V> expired = deadlines.pollExpired(nowNs);
        nextDeadlineNs = deadlines.nextNs();
        return expired;
    }
}
