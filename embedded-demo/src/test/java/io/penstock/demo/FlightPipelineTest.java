package io.penstock.demo;

import io.penstock.dag.Sources;
import io.penstock.testing.PipelineTest;
import io.penstock.testing.RowFunction;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the job knows at which moment, event by event, in virtual time. Models are plain functions of the features. */
class FlightPipelineTest {

    private static final long NO_DEPLOYMENT = Long.MAX_VALUE;

    private final PipelineTest test =
            PipelineTest.of(FlightPipeline.create(Sources.<FlightEvent>items(), NO_DEPLOYMENT));

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anOutcomeCountsForTwoHoursFromTheMomentItIsKnown() {
        airports().model(FlightModel.NAME, column("origin-as-origin-late-share"))
                .at("09:59", departure(2, "09:59", "ORD", "SFO"))
                .at("10:00", outcome(1, "10:00", 30, "ORD", "JFK"), departure(3, "10:00", "ORD", "SFO"))
                .at("11:59", departure(4, "11:59", "ORD", "SFO"))
                .at("12:00", departure(5, "12:00", "ORD", "SFO"))
                .end()
                .expectOn(FlightPipeline.SCORED, Map.of(
                        2L, scored(2, "09:59", 0, 1), 3L, scored(3, "10:00", 1, 1),
                        4L, scored(4, "11:59", 1, 1), 5L, scored(5, "12:00", 0, 1)));
    }

    @Test
    void anOutcomeComesBeforeADepartureOfTheSameMomentWhicheverIsReadFirst() {
        airports().model(FlightModel.NAME, column("network-late-share"))
                .at("10:00", departure(3, "10:00", "ORD", "SFO"), outcome(1, "10:00", 30, "JFK", "JFK"))
                .end()
                .expectOn(FlightPipeline.SCORED, 3L, scored(3, "10:00", 1, 1));
    }

    @Test
    void bothEndsOfAFlightKnowItsDelayInTheirOwnRole() {
        for (String expectation : List.of("origin-as-destination", "destination-as-origin")) {
            try (PipelineTest once = PipelineTest.of(
                    FlightPipeline.create(Sources.<FlightEvent>items(), NO_DEPLOYMENT))) {
                once.with(FlightPipeline.AIRPORTS, AIRPORTS)
                        .model(FlightModel.NAME, column(expectation + "-late-share"))
                        .at("10:00", outcome(1, "10:00", 30, "SFO", "ORD"), departure(2, "10:00", "ORD", "SFO"))
                        .end()
                        .expectOn(FlightPipeline.SCORED, 2L, scored(2, "10:00", 1, 1));
            }
        }
    }

    @Test
    void aFlightOfAnUnknownAirportGoesToTheSideOutputAndNoFurther() {
        airports().model(FlightModel.NAME, row -> 0.5f)
                .at("10:00", departure(1, "10:00", "ORD", "???"), departure(2, "10:00", "!!!", "ORD"))
                .end()
                .expectSideOutput(FlightPipeline.UNKNOWN_AIRPORT, "no entry for the key", "no entry for the key")
                .expectNothingOn(FlightPipeline.SCORED);
    }

    @Test
    void aNewVersionScoresFromItsTimeOnAndNotBefore() {
        airports().model(FlightModel.NAME, row -> 0.25f)
                .modelFrom("10:30", FlightModel.NAME, row -> 0.75f)
                .at("10:29", departure(1, "10:29", "ORD", "SFO"))
                .at("10:30", departure(2, "10:30", "ORD", "SFO"))
                .end()
                .expectOn(FlightPipeline.SCORED, Map.of(
                        1L, scored(1, "10:29", 0.25f, 1), 2L, scored(2, "10:30", 0.75f, 2)));
    }

    @Test
    void aScoreMeetsItsOutcome() {
        airports().model(FlightModel.NAME, row -> 0.9f)
                .at("10:00", departure(1, "10:00", "ORD", "SFO"))
                .at("12:00", outcome(1, "12:00", 40, "ORD", "SFO"))
                .end()
                .expectCount("await outcome", "out", 1)
                .expectOn(FlightPipeline.LATENESS, "ORD", new AirportLateness("ORD", 1, 1));
    }

    private static final Map<String, Airport> AIRPORTS = List.of("ORD", "JFK", "SFO").stream()
            .collect(Collectors.toMap(iata -> iata, iata -> new Airport(iata, iata, iata, "", 0, 0)));

    private PipelineTest airports() {
        return test.with(FlightPipeline.AIRPORTS, AIRPORTS);
    }

    /** A model that answers one of its features. */
    private static RowFunction column(String name) {
        int column = FlightFeatures.NAMES.indexOf(name);
        return row -> row[column];
    }

    private static long ms(String time) {
        return Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(time)).toMillis();
    }

    private static Departure departure(long id, String time, String origin, String destination) {
        return new Departure(id, ms(time), 1_000, origin, destination);
    }

    private static Outcome outcome(long id, String time, int delayMinutes, String origin, String destination) {
        return new Outcome(id, ms(time), delayMinutes, origin, destination);
    }

    private static ScoredFlight scored(long id, String time, float probability, int version) {
        return new ScoredFlight(id, ms(time), "ORD", "SFO", probability, version);
    }
}
