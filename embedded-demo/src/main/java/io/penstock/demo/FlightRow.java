package io.penstock.demo;

import java.io.Serializable;
import java.time.Duration;

/**
 * A row of a flight file: what is known of a flight before and after it. Never leaves {@link FlightReader}, which
 * splits it into the two, but with a snapshot of where that stands.
 *
 * @param number the row's number, from 1
 */
record FlightRow(
        long number, long departureMs, int delayMinutes, int distanceMiles, String origin, String destination)
        implements Serializable {

    /** No two places on earth are further apart. */
    static final int DISTANCE_MILES_MAX = 12_500;

    /** No flight is more late, or more early, than five days. */
    static final int DELAY_MINUTES_MAX = 5 * 24 * 60;

    private static final long MS_PER_MINUTE = 60_000;
    private static final long GROUND_MS = 20 * MS_PER_MINUTE;

    /** At 450 mph a mile takes exactly 8 seconds, so that nothing is rounded. */
    private static final long MS_PER_MILE = 8_000;

    /** How long after its departure the outcome of a flight is known at the earliest. */
    static final Duration KNOWN_AFTER_MIN = Duration.ofMillis(GROUND_MS);

    /** How long after its departure the outcome of a flight is known at the latest. */
    static final Duration KNOWN_AFTER_MAX =
            Duration.ofMillis(GROUND_MS + DISTANCE_MILES_MAX * MS_PER_MILE + DELAY_MINUTES_MAX * MS_PER_MINUTE);

    Departure departure() {
        return new Departure(number, departureMs, distanceMiles, origin, destination);
    }

    Outcome outcome() {
        long knownMs = departureMs + GROUND_MS + distanceMiles * MS_PER_MILE
                + Math.max(delayMinutes, 0) * MS_PER_MINUTE;
        return new Outcome(number, knownMs, delayMinutes, origin, destination);
    }
}
