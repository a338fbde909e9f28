package io.penstock.grid.heap;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The entries of a partition that will expire, the next one first. Guarded by the monitor of its partition.
 *
 * <p>Entries that were replaced or removed stay in the queue until they are due or too many: taking one out of the
 * midst of a heap would need a search.
 */
final class Deadlines<K, V> {

    private static final int STALE_MIN = 64;

    private final Predicate<HeapEntry<K, V>> isPresent;
    private final PriorityQueue<HeapEntry<K, V>> queue =
            new PriorityQueue<>(Comparator.comparingLong((HeapEntry<K, V> entry) -> entry.deadlineNs));
    private int staleCount;

    /** @param isPresent tells whether an entry is still the one of its key */
    Deadlines(Predicate<HeapEntry<K, V>> isPresent) {
        this.isPresent = isPresent;
    }

    void add(HeapEntry<K, V> entry) {
        queue.add(entry);
    }

    /** An entry of the queue was replaced or removed. */
    void left() {
        if (++staleCount > STALE_MIN && staleCount > queue.size() / 2) {
            queue.removeIf(isPresent.negate());
            staleCount = 0;
        }
    }

    /** Takes out an entry that is still present and has expired; null if there is none. */
    HeapEntry<K, V> pollExpired(long nowNs) {
        for (HeapEntry<K, V> first = queue.peek(); first != null && first.hasExpired(nowNs); first = queue.peek()) {
            queue.poll();
            if (isPresent.test(first)) {
                return first;
            }
            staleCount--;
        }
        return null;
    }

    /** A time before which nothing expires. */
    long nextNs() {
        HeapEntry<K, V> first = queue.peek();
        return first == null ? HeapEntry.NEVER : first.deadlineNs;
    }
}
