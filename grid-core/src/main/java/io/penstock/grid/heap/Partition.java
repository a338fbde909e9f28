package io.penstock.grid.heap;

import io.penstock.grid.query.Indexes;
import java.util.function.Predicate;

/**
 * What belongs to some of a map's keys, chosen by their hash. Its monitor is what writers of these keys take turns
 * with; readers of the map need none. It guards all that is here but the next deadline.
 */
final class Partition<K, V> {

    final int number;
    private final Predicate<HeapEntry<K, V>> isPresent;
    final Followers<K, V> followers;
    /** Null until an entry has a time to live. */
    private Deadlines<K, V> deadlines;
    /** A time before which nothing expires; written under the monitor. */
    private volatile long nextDeadlineNs = HeapEntry.NEVER;

    /** @param isPresent tells whether an entry is still the one of its key */
    Partition(int number, Indexes<K, V> indexes, Predicate<HeapEntry<K, V>> isPresent) {
        this.number = number;
        this.isPresent = isPresent;
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
            deadlines = new Deadlines<>(isPresent);
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
