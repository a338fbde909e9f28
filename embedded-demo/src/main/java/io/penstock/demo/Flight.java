package io.penstock.demo;

import java.io.Serializable;
import java.time.Duration;

/**
 * A departure and what is known around it at its time: its airports, and the delays that became known in the two hours
 * before. The parts are null until the stages that find them.
 */
record Flight(
        Departure departure,
        Airport origin,
        Airport destination,
        AirportDelays.Stats atOrigin,
        AirportDelays.Stats atDestination,
        DelayStats network)
        implements Serializable {

    private static final long MS_PER_HOUR = Duration.ofHours(1).toMillis();
    private static final long MS_PER_DAY = Duration.ofDays(1).toMillis();

    static Flight of(Departure departure) {
        return new Flight(departure, null, null, null, null, null);
    }

    Flight withOrigin(Airport airport) {
        return new Flight(departure, airport, destination, atOrigin, atDestination, network);
    }

    Flight withDestination(Airport airport) {
        return new Flight(departure, origin, airport, atOrigin, atDestination, network);
    }

    Flight withDelaysAtOrigin(AirportDelays.Stats stats) {
        return new Flight(departure, origin, destination, stats, atDestination, network);
    }

    Flight withDelaysAtDestination(AirportDelays.Stats stats) {
        return new Flight(departure, origin, destination, atOrigin, stats, network);
    }

    Flight withNetworkDelays(DelayStats stats) {
        return new Flight(departure, origin, destination, atOrigin, atDestination, stats);
    }

    /** From 0 to 23. */
    int hour() {
        return (int) (Math.floorMod(departure.timeMs(), MS_PER_DAY) / MS_PER_HOUR);
    }

    /** From 1 for Monday to 7 for Sunday; the epoch was a Thursday. */
    int weekday() {
        return (int) Math.floorMod(Math.floorDiv(departure.timeMs(), MS_PER_DAY) + 3, 7L) + 1;
    }
}
