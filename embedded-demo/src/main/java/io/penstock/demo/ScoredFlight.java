package io.penstock.demo;

import io.penstock.infer.Scores;
import java.io.Serializable;

/**
 * A flight and how likely it seemed at its departure that it would arrive late.
 *
 * @param id the row's number in the file, from 1
 * @param timeMs the scheduled departure
 */
record ScoredFlight(long id, long timeMs, String origin, String destination, float probability, int modelVersion)
        implements Serializable {

    static ScoredFlight of(Flight flight, Scores scores) {
        Departure departure = flight.departure();
        return new ScoredFlight(
                departure.id(), departure.timeMs(), departure.origin(), departure.destination(),
                scores.f32(FlightModel.PROBABILITY), scores.modelVersion());
    }
}
