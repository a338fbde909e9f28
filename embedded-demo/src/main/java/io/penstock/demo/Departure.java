package io.penstock.demo;

/**
 * A flight at the moment of its scheduled departure. Knows nothing of its delay, and no way to it: neither a field nor
 * a reference leads there.
 *
 * @param id the row's number in the file, from 1
 */
record Departure(long id, long timeMs, int distanceMiles, String origin, String destination) implements FlightEvent {}
