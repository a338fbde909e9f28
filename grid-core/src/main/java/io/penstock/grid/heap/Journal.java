package io.penstock.grid.heap;

import io.penstock.grid.MapChange;
import java.util.Arrays;
import java.util.List;

/**
 * The last changes of a partition, in a ring that grows up to its capacity; change n stands at n modulo its length.
 *
 * <p>Lock order: the monitor of the {@link Partition}, then this one; no other lock is taken under it.
 */
final class Journal<K, V> {

    private static final int LENGTH_MIN = 16;

    private final int partition;
    private final int capacity;
    private MapChange.Kind[] kinds;
    private Object[] keys;
    private Object[] befores;
    private Object[] afters;
    /** Written under the monitor, which also guards the arrays. */
    private volatile long nextSequence;

    Journal(int partition, int capacity) {
        this.partition = partition;
        this.capacity = capacity;
        int length = Math.min(LENGTH_MIN, capacity);
        kinds = new MapChange.Kind[length];
        keys = new Object[length];
        befores = new Object[length];
        afters = new Object[length];
    }

    /** If it fails for want of memory, nothing has changed. */
    synchronized void append(MapChange.Kind kind, K key, V before, V after) {
        long sequence = nextSequence;
        if (sequence >= kinds.length && kinds.length < capacity) {
            grow();
        }
        int place = (int) (sequence % kinds.length);
        kinds[place] = kind;
        keys[place] = key;
        befores[place] = before;
        afters[place] = after;
        nextSequence = sequence + 1;
    }

    /** Before the ring is full for the first time, so that change n stands at n. */
    private void grow() {
        int length = (int) Math.min(capacity, 2L * kinds.length);
        MapChange.Kind[] moreKinds = Arrays.copyOf(kinds, length);
        Object[] moreKeys = Arrays.copyOf(keys, length);
        Object[] moreBefores = Arrays.copyOf(befores, length);
        afters = Arrays.copyOf(afters, length);
        befores = moreBefores;
        keys = moreKeys;
        kinds = moreKinds;
    }

    /**
     * Adds the changes from a number on to a list.
     *
     * @return how many were added; 0 if there are none yet, or the first of them was dropped
     */
    @SuppressWarnings("unchecked") // only append() writes to the arrays
    synchronized int read(long sequence, int changesMax, List<MapChange<K, V>> into) {
        if (sequence < oldestSequence()) {
            return 0;
        }
        int count = (int) Math.min(changesMax, nextSequence - sequence);
        for (long next = sequence; next < sequence + count; next++) {
            int place = (int) (next % kinds.length);
            into.add(new MapChange<>(
                    partition, next, kinds[place], (K) keys[place], (V) befores[place], (V) afters[place]));
        }
        return count;
    }

    /** The number of the oldest change that is kept, or of the next one. */
    long oldestSequence() {
        return Math.max(0, nextSequence - capacity);
    }

    long nextSequence() {
        return nextSequence;
    }

    int keptCount() {
        return (int) Math.min(nextSequence, capacity);
    }
}
