package io.penstock.demo;

/**
 * How late a flight arrived, at the moment when that is known.
 *
 * @param id the row's number in the file, from 1
 * @param timeMs scheduled departure + 20 minutes on the ground + the distance at 450 mph + the delay, if it is positive
 * @param delayMinutes negative for an early arrival
 */
record Outcome(long id, long timeMs, int delayMinutes, String origin, String destination) implements FlightEvent {

    /** A flight that arrives later than this is late. */
    static final int LATE_ABOVE_MINUTES = 15;

    boolean isLate() {
        return isLate(delayMinutes);
    }

    static boolean isLate(int delayMinutes) {
        return delayMinutes > LATE_ABOVE_MINUTES;
    }
}
