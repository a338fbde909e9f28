package io.penstock.demo;

import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.demo.AirportDelays.Touch;
import io.penstock.enrich.Enrich;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import java.time.Duration;

/**
 * The job: scores each flight when it departs with what is known at that moment, and compares the score with the
 * outcome when the flight has landed.
 *
 * <p>All that goes by time goes by event time, and {@code joinAsOf} takes rows in its order: at one instant outcomes
 * are known before flights depart, and flights that depart together do not see each other. So neither the number of
 * threads nor their timing changes a result.
 */
final class FlightPipeline {

    static final MapRef<String, Airport> AIRPORTS = MapRef.of("airports", String.class, Airport.class);

    /** The newest {@link #SCORED_MAX} flights, by row number. */
    static final MapRef<Long, ScoredFlight> SCORED = MapRef.of("scored", Long.class, ScoredFlight.class);

    static final int SCORED_MAX = 100_000;

    /** One entry, under {@link #ALL_FLIGHTS}. */
    static final MapRef<String, Evaluation> EVALUATION = MapRef.of("evaluation", String.class, Evaluation.class);

    static final MapRef<String, AirportLateness> LATENESS =
            MapRef.of("lateness", String.class, AirportLateness.class);

    /** The newest {@link #SKIPPED_MAX} malformed lines, by their numbers. */
    static final MapRef<Long, SkippedRow> SKIPPED = MapRef.of("skipped", Long.class, SkippedRow.class);

    static final int SKIPPED_MAX = 10;

    static final String ALL_FLIGHTS = "all flights";

    static final Tag<Failure<Flight>> UNKNOWN_AIRPORT = Tag.of("unknown airport");

    static final Tag<Failure<Flight>> NOT_SCORED = Tag.of("not scored");

    /** The one key of the network's window; not that of the evaluation, so that both need not share a worker. */
    private static final String NETWORK = "network";

    /** Long enough for a state that is never forgotten. */
    private static final Duration FOREVER = Duration.ofDays(100 * 365);

    /** So long after its last delay a window is empty, and may as well be forgotten. */
    private static final Duration WINDOW_TTL = DelayWindow.SIZE.plusMinutes(1);

    private FlightPipeline() {}

    /** @param threshold from which probability on a flight counts as predicted to be late */
    static Pipeline create(Source<FlightEvent> source, double threshold) {
        Pipeline pipeline = Pipeline.create();
        Streams flights = read(pipeline, source);

        Stage<ScoredFlight> scored = features(flights)
                .apply(Infer.with(FlightModel.NAME, FlightFeatures::fill, ScoredFlight::of,
                        o -> o.name("score").onFailure(NOT_SCORED)));
        scored.writeTo(Sinks.map(SCORED, ScoredFlight::id));

        scored.groupingKey(ScoredFlight::id)
                .intervalJoin(flights.outcomes.groupingKey(Outcome::id),
                        FlightRow.KNOWN_AFTER_MIN, FlightRow.KNOWN_AFTER_MAX, Evaluated::of,
                        o -> o.name("await outcome"))
                .groupingKey(flight -> ALL_FLIGHTS)
                .mapStateful(FOREVER, () -> new Scoreboard(threshold), (board, all, flight) -> board.add(flight),
                        o -> o.name("evaluate").inTimeOrder((a, b) -> Long.compare(a.id(), b.id())))
                .writeTo(Sinks.map(EVALUATION, evaluation -> ALL_FLIGHTS));

        flights.outcomes.groupingKey(Outcome::origin)
                .mapStateful(FOREVER, AirportLateness.Counter::new, (counter, airport, outcome) -> counter.add(outcome),
                        o -> o.name("lateness"))
                .writeTo(Sinks.map(LATENESS, AirportLateness::airport));

        pipeline.sideOutput(UNKNOWN_AIRPORT).writeTo(Sinks.logged());
        pipeline.sideOutput(NOT_SCORED).writeTo(Sinks.logged());
        return pipeline;
    }

    /** The two streams that a flight file is split into. */
    record Streams(Stage<Departure> departures, Stage<Outcome> outcomes) {}

    static Streams read(Pipeline pipeline, Source<FlightEvent> flights) {
        Stage<FlightEvent> events = pipeline.readFrom(flights).withTimestamps(FlightEvent::timeMs, Duration.ZERO);
        events.map(event -> event instanceof SkippedRow skipped ? skipped : null, o -> o.name("skipped rows"))
                .writeTo(Sinks.map(SKIPPED, SkippedRow::line));
        return new Streams(
                events.map(event -> event instanceof Departure departure ? departure : null, o -> o.name("departures")),
                events.map(event -> event instanceof Outcome outcome ? outcome : null, o -> o.name("outcomes")));
    }

    /** What the network knew at each departure; in event time and, at one instant, by row number. */
    static Stage<Flight> features(Streams flights) {
        Stage<Outcome> outcomes = flights.outcomes;
        Stage<Touch> touches = outcomes.flatMap(
                outcome -> Traverser.of(Touch.atOrigin(outcome), Touch.atDestination(outcome)),
                o -> o.name("touches"));
        return flights.departures
                .map(Flight::of, o -> o.name("flights departing"))
                .apply(Enrich.with(AIRPORTS, f -> f.departure().origin(), Flight::withOrigin,
                        o -> o.name("find origin").onMiss(UNKNOWN_AIRPORT)))
                .apply(Enrich.with(AIRPORTS, f -> f.departure().destination(), Flight::withDestination,
                        o -> o.name("find destination").onMiss(UNKNOWN_AIRPORT)))
                .groupingKey(f -> f.departure().origin())
                .joinAsOf(touches.groupingKey(Touch::airport), WINDOW_TTL, AirportDelays::new, AirportDelays::add,
                        (delays, airport, f) -> f.withDelaysAtOrigin(delays.at(f.departure().timeMs())),
                        o -> o.name("delays at origin"))
                .groupingKey(f -> f.departure().destination())
                .joinAsOf(touches.groupingKey(Touch::airport), WINDOW_TTL, AirportDelays::new, AirportDelays::add,
                        (delays, airport, f) -> f.withDelaysAtDestination(delays.at(f.departure().timeMs())),
                        o -> o.name("delays at destination"))
                .groupingKey(f -> NETWORK)
                .joinAsOf(outcomes.groupingKey(outcome -> NETWORK), WINDOW_TTL, DelayWindow::new,
                        (delays, outcome) -> delays.add(outcome.timeMs(), outcome.delayMinutes()),
                        (delays, network, f) -> f.withNetworkDelays(delays.at(f.departure().timeMs())),
                        o -> o.name("delays in the network")
                                .inTimeOrder((a, b) -> Long.compare(a.departure().id(), b.departure().id())));
    }
}
