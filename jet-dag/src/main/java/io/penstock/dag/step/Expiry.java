package io.penstock.dag.step;

import java.util.PriorityQueue;

/**
 * Event-time timers by key, to forget what was not used for long. A timer that fires too early, because its key was
 * used meanwhile, is set again by whoever it belongs to; so each key has one.
 */
final class Expiry<K> {

    private record Timer<K>(long timeMs, K key) implements Comparable<Timer<K>> {
        @Override
        public int compareTo(Timer<K> other) {
            return Long.compare(timeMs, other.timeMs);
        }
    }

    private final PriorityQueue<Timer<K>> timers = new PriorityQueue<>();

    void set(long timeMs, K key) {
        timers.add(new Timer<>(timeMs, key));
    }

    /** The key of a timer whose time is before the watermark, which is removed; null if there is none. */
    K fire(long watermarkMs) {
        Timer<K> first = timers.peek();
        if (first == null || first.timeMs >= watermarkMs) {
            return null;
        }
        timers.remove();
        return first.key;
    }

    /** {@code a + b}, or the largest number if that is larger. */
    static long later(long timeMs, long durationMs) {
        long sum = timeMs + durationMs;
        return ((timeMs ^ sum) & (durationMs ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }
}
