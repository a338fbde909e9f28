package io.penstock.demo;

import io.penstock.demo.FlightJob.Counts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a run has brought.
 *
 * @param isInterrupted whether the run was stopped before its end; then flights that were under way count as read, but
 *     neither as scored nor as evaluated
 * @param members how many processes the run was started on; 0 if it was in this one
 * @param threads of each
 * @param deployedFromMs the event time from which on version 2 scored; empty if it was not deployed
 */
record Summary(
        String input,
        boolean isInterrupted,
        int members,
        int threads,
        double seconds,
        Counts counts,
        Evaluation evaluation,
        FlightModel modelV1,
        FlightModel modelV2,
        OptionalLong deployedFromMs,
        List<LateAirport> lateAirports) {

    static final int LATE_AIRPORTS_MAX = 10;
    static final int LATE_AIRPORT_FLIGHTS_MIN = 200;

    /** An airport and the flights that left it. */
    record LateAirport(String iata, String name, String city, String state, long flights, double lateShare) {}

    static Summary of(FlightJob run, InputFile input) {
        return new Summary(
                input.toString(),
                run.isCancelled(),
                run.members(),
                run.threads(),
                run.seconds(),
                run.counts(),
                run.evaluation(),
                FlightModel.shipped(1),
                FlightModel.shipped(2),
                run.deployedFromMs(),
                lateAirports(run.lateness(), run.grid().map(FlightPipeline.AIRPORTS)));
    }

    double flightsPerSecond() {
        return counts.flights() / seconds;
    }

    /** Those with the largest late share; at equal shares in the order of their codes. */
    private static List<LateAirport> lateAirports(
            Map<String, AirportLateness> lateness, Map<String, Airport> airports) {
        return lateness.values().stream()
                .filter(airport -> airport.flights() >= LATE_AIRPORT_FLIGHTS_MIN)
                .sorted(Comparator.comparingDouble(AirportLateness::lateShare).reversed()
                        .thenComparing(AirportLateness::airport))
                .limit(LATE_AIRPORTS_MAX)
                .map(airport -> lateAirport(airport, airports.get(airport.airport())))
                .toList();
    }

    private static LateAirport lateAirport(AirportLateness lateness, Airport airport) {
        return airport == null
                ? new LateAirport(lateness.airport(), "unknown", "", "", lateness.flights(), lateness.lateShare())
                : new LateAirport(airport.iata(), airport.name(), airport.city(), airport.state(),
                        lateness.flights(), lateness.lateShare());
    }
}
