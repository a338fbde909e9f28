package io.penstock.demo;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Transform;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.demo.AirportDelays.Touch;
import io.penstock.demo.TrainingRow.Collected;
import io.penstock.enrich.Enrich;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import java.time.Duration;
import java.util.List;

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

    /** What {@link #collect} makes. */
    static final MapRef<Long, TrainingRow> TRAINING_ROWS =
            MapRef.of("training-rows", Long.class, TrainingRow.class);

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

    /**
     * The job that serves: scores with the model of the grid.
     *
     * @param deployAt the flight, by its row number, from whose event time on version 2 of the model scores
     */
    static Pipeline create(Source<FlightEvent> source, long deployAt) {
        double thresholdV1 = FlightModel.shipped(1).threshold();
        double thresholdV2 = FlightModel.shipped(2).threshold();
        Pipeline pipeline = Pipeline.create();
        Streams flights = read(pipeline, source, events ->
                events.custom("deploy v2", OperatorSpec.of("deploy", () -> new DeployStep(deployAt))));

        Stage<ScoredFlight> scored = features(flights).apply(score(FlightModel.NAME, "score"));
        scored.writeTo(Sinks.map(SCORED, ScoredFlight::id));

        awaitOutcome(scored, ScoredFlight::id, flights, Evaluated::of, "await outcome")
                .groupingKey(flight -> ALL_FLIGHTS)
                .mapStateful(FOREVER, () -> new Scoreboard(thresholdV1, thresholdV2),
                        (board, all, flight) -> board.add(flight),
                        o -> o.name("evaluate").inTimeOrder((a, b) -> Long.compare(a.id(), b.id())))
                .writeTo(Sinks.map(EVALUATION, evaluation -> ALL_FLIGHTS));

        flights.outcomes.groupingKey(Outcome::origin)
                .mapStateful(FOREVER, AirportLateness.Counter::new, (counter, airport, outcome) -> counter.add(outcome),
                        o -> o.name("lateness"))
                .writeTo(Sinks.map(LATENESS, AirportLateness::airport));

        logFailures(pipeline);
        return pipeline;
    }

    /** The job that makes training data: the same, with {@code collectOnly} in the place of the model. */
    static Pipeline collect(Source<FlightEvent> source) {
        Pipeline pipeline = Pipeline.create();
        Streams flights = read(pipeline, source, events -> events);
        Stage<Collected> collected = features(flights)
                .apply(Infer.collectOnly(FlightFeatures::fill, Collected::of,
                        o -> o.name("collect").onFailure(NOT_SCORED)));
        awaitOutcome(collected, Collected::id, flights, Collected::with, "await outcome")
                .writeTo(Sinks.map(TRAINING_ROWS, TrainingRow::id));
        logFailures(pipeline);
        return pipeline;
    }

    /** The job that compares: scores each flight with all of these models, and keeps those after the first ones. */
    static Pipeline evaluate(Source<FlightEvent> source, List<String> models, long firstFlights) {
        Pipeline pipeline = Pipeline.create();
        Streams flights = read(pipeline, source, events -> events);
        Stage<Flight> departing = features(flights);
        for (String model : models) {
            Stage<ScoredFlight> scored = departing.apply(score(model, "score " + model));
            awaitOutcome(scored, ScoredFlight::id, flights, Evaluated::of, "await outcome of " + model)
                    .filter(flight -> flight.id() > firstFlights, o -> o.name("evaluated by " + model))
                    .writeTo(Sinks.map(evaluatedBy(model), Evaluated::id));
        }
        logFailures(pipeline);
        return pipeline;
    }

    /** What {@link #evaluate} has compared, by row number. */
    static MapRef<Long, Evaluated> evaluatedBy(String model) {
        return MapRef.of("evaluated-" + model, Long.class, Evaluated.class);
    }

    private static Transform<Flight, ScoredFlight> score(String model, String stage) {
        return Infer.with(model, FlightFeatures::fill, ScoredFlight::of, o -> o.name(stage).onFailure(NOT_SCORED));
    }

    private static <T, R> Stage<R> awaitOutcome(Stage<T> departed, FunctionEx<T, Long> idFn, Streams flights,
            BiFunctionEx<T, Outcome, R> joinFn, String name) {
        return departed.groupingKey(idFn)
                .intervalJoin(flights.outcomes.groupingKey(Outcome::id),
                        FlightRow.KNOWN_AFTER_MIN, FlightRow.KNOWN_AFTER_MAX, joinFn, o -> o.name(name));
    }

    private static void logFailures(Pipeline pipeline) {
        pipeline.sideOutput(UNKNOWN_AIRPORT).writeTo(Sinks.logged());
        pipeline.sideOutput(NOT_SCORED).writeTo(Sinks.logged());
    }

    /** The two streams that a flight file is split into. */
    record Streams(Stage<Departure> departures, Stage<Outcome> outcomes) {}

    /** @param first what is done with the events before they are split */
    static Streams read(Pipeline pipeline, Source<FlightEvent> flights, Transform<FlightEvent, FlightEvent> first) {
        Stage<FlightEvent> events =
                pipeline.readFrom(flights).withTimestamps(FlightEvent::timeMs, Duration.ZERO).apply(first);
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
