package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.Codec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the job writes into maps, and what its stages send to each other, can be carried to other members. */
class CarriedRecordsTest {

    private static final Departure DEPARTURE = new Departure(7, 1_000, 450, "LAS", "PHL");
    private static final Outcome OUTCOME = new Outcome(7, 9_000, -3, "LAS", "PHL");
    private static final Airport AIRPORT = new Airport("LAS", "McCarran", "Las Vegas", "NV", 36.08, -115.15);
    private static final DelayStats STATS = new DelayStats(12.5, 0.25, 8);
    private static final Figures FIGURES = new Figures(3, 0.75, 1, 1, 0);

    static List<Record> records() {
        ScoredFlight scored = new ScoredFlight(7, 1_000, "LAS", "PHL", 0.5f, 2);
        AirportDelays.Stats atAirport = new AirportDelays.Stats(STATS, DelayStats.NONE);
        return List.of(
                DEPARTURE, OUTCOME, new SkippedRow(3, 1_000, "the line is blank"), AIRPORT,
                AirportDelays.Touch.atOrigin(OUTCOME), Flight.of(DEPARTURE),
                new Flight(DEPARTURE, AIRPORT, AIRPORT, atAirport, atAirport, STATS),
                scored, Evaluated.of(scored, OUTCOME), new AirportLateness("LAS", 5, 2), Evaluation.NONE,
                new Evaluation(0.5, FIGURES, FIGURES, Figures.NONE));
    }

    @ParameterizedTest
    @MethodSource("records")
    @SuppressWarnings("unchecked")
    void comesOutAsItWentIn(Record event) {
        Codec<Object> codec = (Codec<Object>) (Codec<?>) Codec.of(event.getClass());
        assertEquals(event, codec.decode(codec.encode(event)));
    }
}
