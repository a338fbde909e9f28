package io.penstock.demo.web;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a run again and again and tells what it saw, as JSON. Its time is that of the readings.
 *
 * <p>Thread-safe: one thread samples while others ask. They may wait for each other, but the run for none of them.
 */
final class Recorder {

    static final int POINTS_MAX = 600;

    /** Rates are of so long a time, or a little longer. */
    private static final double RATE_SECONDS = 1;

    private static final int RECENT_MAX = 100;

    private final Run run;
    private final History history = new History(POINTS_MAX);

    /** The readings of the last {@link #RATE_SECONDS}, and the one before them. */
    private final Deque<Reading> recent = new ArrayDeque<>();

    Recorder(Run run) {
        this.run = run;
        sample();
    }

    /** Reads the run; returns whether there is more to come. */
    synchronized boolean sample() {
        Reading last = recent.peekLast();
        if (last != null && !last.isRunning()) {
            return false;
        }
        Reading reading = run.read();
        recent.addLast(reading);
        forget(reading.seconds() - RATE_SECONDS);
        history.add(History.Point.of(reading));
        return reading.isRunning();
    }

    private void forget(double beforeSeconds) {
        while (recent.size() > RECENT_MAX || recent.size() > 2 && second().seconds() <= beforeSeconds) {
            recent.removeFirst();
        }
    }

    private Reading second() {
        var readings = recent.iterator();
        readings.next();
        return readings.next();
    }

    /** The state of the run, as far as it was sampled. */
    String state() {
        var airports = run.airports();
        synchronized (this) {
            Rates rates = Rates.of(recent.peekFirst(), recent.peekLast());
            return StateJson.of(run.facts(), rates, history.points(), airports);
        }
    }

    /** The coordinates of all airports. */
    String places() {
        return StateJson.places(run.places());
    }
}
