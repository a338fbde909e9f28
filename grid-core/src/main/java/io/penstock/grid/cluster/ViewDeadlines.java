package io.penstock.grid.cluster;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The entries of a view's table that will expire, the next first. An entry that was written anew or removed leaves its
 * old deadline behind; when half of all are such, they are taken out, so that there are never more than about twice as
 * many as entries.
 */
final class ViewDeadlines<K> {

    private static final int DEAD_MIN = 1_024;

    /** The deadline of an entry. */
    static final class Deadline<K> {

        final K key;
        final int partition;
        final long ms;
        private boolean isDead;

        Deadline(K key, int partition, long ms) {
            this.key = key;
            this.partition = partition;
            this.ms = ms;
        }
    }

    private final PriorityQueue<Deadline<K>> queue =
            new PriorityQueue<>(Comparator.comparingLong(deadline -> deadline.ms));
    private int deadCount;

    void add(Deadline<K> deadline) {
        queue.add(deadline);
    }

    /** It does not matter any more. */
    void forget(Deadline<K> deadline) {
        deadline.isDead = true;
        deadCount++;
        if (deadCount > DEAD_MIN && deadCount > queue.size() / 2) {
            queue.removeIf(old -> old.isDead);
            deadCount = 0;
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes out those that have come, and tells of each. */
    void expire(long nowMs, Consumer<Deadline<K>> expired) {
        while (!queue.isEmpty() && (queue.peek().isDead || queue.peek().ms <= nowMs)) {
            Deadline<K> next = queue.poll();
            if (next.isDead) {
                deadCount--;
            } else {
                expired.accept(next);
            }
        }
    }

    int size() {
        return queue.size();
    }
}
