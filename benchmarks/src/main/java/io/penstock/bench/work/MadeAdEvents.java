package io.penstock.bench.work;

/**
 * The events of W2 as finished objects, for a source that hands over what exists: all of them, because their times
 * must not go back. About 52 bytes an event.
 *
 * <p>One array for the JVM, so that functions that travel as bytes find it. To be made before it is read.
 */
public final class MadeAdEvents {

    private static AdEvent[] events = {};

    private MadeAdEvents() {}

    /** Makes the first {@code count} events; those that exist already stay the same objects. */
    public static synchronized void make(long count) {
        if (count <= events.length) {
            return;
        }
        AdEvent[] made = new AdEvent[Math.toIntExact(count)];
        System.arraycopy(events, 0, made, 0, events.length);
        for (int index = events.length; index < made.length; index++) {
            made[index] = AdEvent.of(index);
        }
        events = made;
    }

    public static AdEvent get(long index) {
        return events[(int) index];
    }
}
