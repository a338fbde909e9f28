package io.penstock.dag.operator;

import java.util.Arrays;

/**
 * Up to {@link #CAPACITY} rows: events, and their event times beside them. Belongs to the host, which recycles it; an
 * operator keeps none beyond the call. Not thread-safe.
 */
public final class Batch {

    /** The most rows of a batch; more gains nothing, as measured in FACTS, "The hot path". */
    public static final int CAPACITY = 256;

    /** The time of an event that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final Object[] events = new Object[CAPACITY];
    private final long[] timesMs = new long[CAPACITY];
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    public Object event(int row) {
        return events[row];
    }

    /** The event time of a row in ms since the epoch, or {@link #NO_TIME}. */
    public long timeMs(int row) {
        return timesMs[row];
    }

    /**
     * Appends a row.
     *
     * @throws IndexOutOfBoundsException if the batch is full: an operator emitted more than its host had room for
     */
    public void add(long timeMs, Object event) {
        events[size] = event;
        timesMs[size++] = timeMs;
    }

    /** Removes all rows and forgets their events. */
    public void clear() {
        Arrays.fill(events, 0, size, null);
        size = 0;
    }
}
