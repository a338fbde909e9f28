package io.penstock.demo;

import java.io.Serializable;

/**
 * What a model would have been given at a flight's departure, and what became of the flight.
 *
 * @param id the row's number in the file, from 1
 * @param departureMs the scheduled departure
 * @param knownMs when the outcome became known
 * @param features the columns of {@link FlightFeatures}; not to be changed
 */
record TrainingRow(long id, long departureMs, long knownMs, boolean isLate, float[] features)
        implements Serializable {

    /** A flight's columns, which still await its outcome. */
    record Collected(long id, long departureMs, float[] features) implements Serializable {

        static Collected of(Flight flight, float[] features) {
            return new Collected(flight.departure().id(), flight.departure().timeMs(), features);
        }

        TrainingRow with(Outcome outcome) {
            return new TrainingRow(id, departureMs, outcome.timeMs(), outcome.isLate(), features);
        }
    }
}
