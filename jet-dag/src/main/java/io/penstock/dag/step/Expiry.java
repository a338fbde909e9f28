package io.penstock.dag.step;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Event-time timers by key, to forget what was not used for long. A timer that fires too early, because its key was
 * used meanwhile, is set again by whoever it belongs to; so each key has one.
 *
 * <p>Timers of one time lie in one list, since many fall together: streams have coarse clocks, and what was used in
 * the same batch of time expires in the same.
 */
final class Expiry<K> {

    private final TreeMap<Long, List<K>> keysByTime = new TreeMap<>();
    /** The first of those times, asked for with every row; {@link Long#MAX_VALUE} if there is none. */
    private long firstMs = Long.MAX_VALUE;

    private long lastSetMs;
    /** The list of {@link #lastSetMs}, or null if all of it has fired. */
    private List<K> lastSet;

    void set(long timeMs, K key) {
        if (lastSet == null || timeMs != lastSetMs) {
            lastSet = keysByTime.computeIfAbsent(timeMs, ignored -> new ArrayList<>(1));
            lastSetMs = timeMs;
            firstMs = Math.min(firstMs, timeMs);
        }
        lastSet.add(key);
    }

    /** The key of a timer whose time is before the watermark, which is removed; null if there is none. */
    K fire(long watermarkMs) {
        if (firstMs >= watermarkMs) {
            return null;
        }
        List<K> keys = keysByTime.get(firstMs);
        K key = keys.remove(keys.size() - 1);
        if (keys.isEmpty()) {
            keysByTime.remove(firstMs);
            firstMs = keysByTime.isEmpty() ? Long.MAX_VALUE : keysByTime.firstKey();
            lastSet = keys == lastSet ? null : lastSet;
        }
        return key;
    }

    /** {@code a + b}, or the largest number if that is larger. */
    static long later(long timeMs, long durationMs) {
        long sum = timeMs + durationMs;
        return ((timeMs ^ sum) & (durationMs ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }
}
