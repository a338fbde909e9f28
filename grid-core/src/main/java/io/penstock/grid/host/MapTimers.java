package io.penstock.grid.host;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How long some of a map's look-ups and writes take; {@link MapCounters} chooses which. */
public record MapTimers(Timer gets, Timer puts) {

    /** A look-up is over that began at that {@link System#nanoTime}. */
    public void got(long startNs) {
        gets.record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }

    /** A write is over that began at that {@link System#nanoTime}. */
    public void put(long startNs) {
        puts.record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }
}
