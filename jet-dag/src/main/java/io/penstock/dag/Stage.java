package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.Filter;
import io.penstock.dag.step.FlatMap;
import io.penstock.dag.step.IdleTime;
import io.penstock.dag.step.MapEach;
import io.penstock.dag.step.PassThrough;
import io.penstock.dag.step.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A point of a pipeline, from which events of one type flow on. May be read by several stages; each gets all events.
 *
 * <p>Functions given to a stage run on several threads at once, must not block, and keep no state but through
 * {@link KeyedStage#mapStateful}.
 *
 * @param <T> the type of the events
 */
public final class Stage<T> {

    private final Pipeline pipeline;
    private final String name;
    private final int output;

    Stage(Pipeline pipeline, String name, int output) {
        this.pipeline = pipeline;
        this.name = name;
        this.output = output;
    }

    /** The stage's name, unique in its pipeline. */
    public String name() {
        return name;
    }

    /**
     * Gives each event its time and sends watermarks.
     *
     * @param timeFn the event's time in ms since the epoch
     * @param allowedLag how much older than the newest event so far an event may be without being late
     */
    public Stage<T> withTimestamps(ToLongFunctionEx<? super T> timeFn, Duration allowedLag) {
        return withTimestamps(timeFn, allowedLag, options -> {});
    }

    /** {@link #withTimestamps(ToLongFunctionEx, Duration)} with options, such as what to do when nothing comes. */
    public Stage<T> withTimestamps(
            ToLongFunctionEx<? super T> timeFn, Duration allowedLag, Consumer<TimestampOptions<T>> settings) {
        Objects.requireNonNull(timeFn, "timeFn");
        long lagMs = allowedLag.toMillis();
        if (lagMs < 0) {
            throw new IllegalArgumentException(
                    "stage 'timestamps': allowedLag must not be negative, but is " + allowedLag);
        }
        TimestampOptions<T> options = new TimestampOptions<>();
        settings.accept(options);
        IdleTime idleTime = options.idleTime();
        Stage<T> stage = options.addTo(
                this, OperatorSpec.of("timestamps", () -> new Timestamps<>(timeFn, lagMs, idleTime))
                .withRowForm(new RowForm.Timestamped(timeFn, lagMs)));
        pipeline.markTimestamped(stage.name);
        return stage;
    }

    /** Turns each event into another, or, if the function returns null, into none. */
    public <R> Stage<R> map(FunctionEx<? super T, ? extends R> mapFn) {
        return map(mapFn, options -> {});
    }

    /** {@link #map(FunctionEx)} with options. */
    public <R> Stage<R> map(FunctionEx<? super T, ? extends R> mapFn, Consumer<StageOptions<T>> options) {
        Objects.requireNonNull(mapFn, "mapFn");
        return stateless(OperatorSpec.of("map", () -> new MapEach<T, R>(mapFn))
                .withRowForm(new RowForm.Mapped(mapFn)), options);
    }

    /** Keeps the events for which the predicate holds. */
    public Stage<T> filter(PredicateEx<? super T> predicate) {
        return filter(predicate, options -> {});
    }

    /** {@link #filter(PredicateEx)} with options. */
    public Stage<T> filter(PredicateEx<? super T> predicate, Consumer<StageOptions<T>> options) {
        Objects.requireNonNull(predicate, "predicate");
        return stateless(OperatorSpec.of("filter", () -> new Filter<>(predicate))
                .withRowForm(new RowForm.Filtered(predicate)), options);
    }

    /** Turns each event into any number of others, which have its time. However many they are, few exist at once. */
    public <R> Stage<R> flatMap(FunctionEx<? super T, ? extends Traverser<? extends R>> flatMapFn) {
        return flatMap(flatMapFn, options -> {});
    }

    /** {@link #flatMap(FunctionEx)} with options. */
    public <R> Stage<R> flatMap(
            FunctionEx<? super T, ? extends Traverser<? extends R>> flatMapFn, Consumer<StageOptions<T>> options) {
        Objects.requireNonNull(flatMapFn, "flatMapFn");
        return stateless(OperatorSpec.of("flatMap", () -> new FlatMap<T, R>(flatMapFn))
                .withRowForm(new RowForm.FlatMapped(flatMapFn)), options);
    }

    /** The events of both stages. */
    public Stage<T> merge(Stage<? extends T> other) {
        checkSamePipeline(other);
        return add("merge", false, PassThrough.spec("merge"), List.of(input(null), other.input(null)));
    }

    /** The same events, seen by a key: what follows keeps its state by key and runs each key on one worker. */
    public <K> KeyedStage<T, K> groupingKey(FunctionEx<? super T, ? extends K> keyFn) {
        return new KeyedStage<>(this, Objects.requireNonNull(keyFn, "keyFn"));
    }

    /** Adds a step that a library or the application has put together. */
    public <R> Stage<R> apply(Transform<T, R> transform) {
        return transform.applyTo(this);
    }

    /** Adds a step with an operator of its own; for those who write a {@link Transform}. */
    public <R> Stage<R> custom(OperatorSpec spec) {
        return add(spec.kind(), false, spec, List.of(input(null)));
    }

    /** {@link #custom(OperatorSpec)} under a name that the user gave. */
    public <R> Stage<R> custom(String name, OperatorSpec spec) {
        return add(name, true, spec, List.of(input(null)));
    }

    /** Sends the events to a sink. */
    public void writeTo(Sink<? super T> sink) {
        add(sink.name(), false, sink.spec(), List.of(input(null)));
    }

    private <R> Stage<R> stateless(OperatorSpec spec, Consumer<StageOptions<T>> settings) {
        StageOptions<T> options = new StageOptions<>();
        settings.accept(options);
        options.refuse(spec.kind(), false, false);
        return add(options.nameOr(spec.kind()), options.isNamed(), options.applyTo(spec), List.of(input(null)));
    }

    <R> Stage<R> add(String stageName, boolean explicit, OperatorSpec spec, List<StageInput> inputs) {
        if (spec.needsTimestamps()) {
            for (StageInput input : inputs) {
                if (!pipeline.isTimestamped(input.from())) {
                    throw new IllegalStateException("stage '" + stageName + "': a " + spec.kind()
                            + " goes by event time, but stage '" + input.from()
                            + "' has none; add withTimestamps(...) before it");
                }
            }
        }
        return new Stage<>(pipeline, pipeline.add(stageName, explicit, spec, inputs, StageNode.PLANNED), 0);
    }

    @SuppressWarnings("unchecked")
    StageInput input(FunctionEx<?, ?> keyFn) {
        return new StageInput(name, output, (FunctionEx<Object, ?>) keyFn);
    }

    void checkSamePipeline(Stage<?> other) {
        if (other.pipeline != pipeline) {
            throw new IllegalArgumentException(
                    "stage '" + other.name + "' belongs to another pipeline than stage '" + name + "'");
        }
    }
}
