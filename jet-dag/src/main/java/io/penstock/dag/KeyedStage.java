package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.AsOfJoin;
import io.penstock.dag.step.IntervalJoin;
import io.penstock.dag.step.MapStateful;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Events seen by a key. All events of a key are handled by one worker, with state of that key's own.
 *
 * <p>Keys have {@code equals} and {@code hashCode} by value and are not null: an event whose key function throws or
 * returns null is a failure of the stage.
 *
 * @param <T> the type of the events
 * @param <K> the type of the key
 */
public final class KeyedStage<T, K> {

    private final Stage<T> stage;
    private final FunctionEx<? super T, ? extends K> keyFn;

    KeyedStage(Stage<T> stage, FunctionEx<? super T, ? extends K> keyFn) {
        this.stage = stage;
        this.keyFn = keyFn;
    }

    /**
     * Turns each event into another, or null for none, with the help of state of its key.
     *
     * @param ttl how long after a key's last event its state is kept, in event time
     * @param createFn makes the state of a key, which must be serializable
     * @param mapFn gets state, key and event; may change the state
     */
    public <S, R> Stage<R> mapStateful(
            Duration ttl,
            SupplierEx<? extends S> createFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> mapFn) {
        return mapStateful(ttl, createFn, mapFn, options -> {});
    }

    /** {@link #mapStateful(Duration, SupplierEx, TriFunctionEx)} with options. */
    public <S, R> Stage<R> mapStateful(
            Duration ttl,
            SupplierEx<? extends S> createFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> mapFn,
            Consumer<StageOptions<T>> settings) {
        Objects.requireNonNull(createFn, "createFn");
        Objects.requireNonNull(mapFn, "mapFn");
        StageOptions<T> options = options(settings);
        long ttlMs = ttlMs("mapStateful", ttl);
        FunctionEx<? super T, ? extends K> eventKeyFn = keyFn;
        if (options.timeOrder() == null) {
            options.refuse("mapStateful", false, true);
            return add("mapStateful", options, OperatorSpec.of(
                    "mapStateful", () -> new MapStateful<T, K, S, R>(eventKeyFn, ttlMs, createFn, mapFn))
                    .withTimestampsNeeded(), null);
        }
        Tag<Failure<T>> onLate = options.onLate();
        ComparatorEx<? super T> order = options.timeOrder();
        return add("mapStateful", options, OperatorSpec.of(
                "mapStateful in time order", () -> new AsOfJoin<T, T, K, S, R>(
                        new AsOfJoin.Functions<>(eventKeyFn, null, createFn, null, mapFn, order), ttlMs, onLate))
                .withTimestampsNeeded(), null);
    }

    /**
     * Joins each event with what is known of its key at its time: with state built from all {@code facts} of the same
     * key whose time is not after the event's. Waits for the watermark; so the result does not depend on the order
     * in which events and facts arrive. Facts of a time are applied before events of that time; events do not see
     * each other unless {@code joinFn} changes the state.
     *
     * @param ttl how long after a key's last fact or event its state is kept, in event time
     * @param createFn makes the state of a key, which must be serializable
     * @param accumulateFn adds a fact to the state; facts of the same time come in any order
     * @param joinFn gets state, key and event; null for no result
     */
    public <U, S, R> Stage<R> joinAsOf(
            KeyedStage<U, K> facts,
            Duration ttl,
            SupplierEx<? extends S> createFn,
            BiConsumerEx<? super S, ? super U> accumulateFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> joinFn) {
        return joinAsOf(facts, ttl, createFn, accumulateFn, joinFn, options -> {});
    }

    /** {@link #joinAsOf(KeyedStage, Duration, SupplierEx, BiConsumerEx, TriFunctionEx)} with options. */
    public <U, S, R> Stage<R> joinAsOf(
            KeyedStage<U, K> facts,
            Duration ttl,
            SupplierEx<? extends S> createFn,
            BiConsumerEx<? super S, ? super U> accumulateFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> joinFn,
            Consumer<StageOptions<T>> settings) {
        Objects.requireNonNull(createFn, "createFn");
        Objects.requireNonNull(accumulateFn, "accumulateFn");
        Objects.requireNonNull(joinFn, "joinFn");
        StageOptions<T> options = options(settings);
        long ttlMs = ttlMs("joinAsOf", ttl);
        Tag<Failure<T>> onLate = options.onLate();
        ComparatorEx<? super T> order = options.timeOrder();
        FunctionEx<? super T, ? extends K> eventKeyFn = keyFn;
        FunctionEx<? super U, ? extends K> factKeyFn = facts.keyFn;
        return add("joinAsOf", options, OperatorSpec.of("joinAsOf", () -> new AsOfJoin<T, U, K, S, R>(
                new AsOfJoin.Functions<>(eventKeyFn, factKeyFn, createFn, accumulateFn, joinFn, order), ttlMs, onLate))
                .withTimestampsNeeded(), facts);
    }

    /**
     * Joins each event with every event of {@code other} that has the same key and a time from {@code lower} to
     * {@code upper}, both inclusive, after its own. A result has the later of the two times.
     *
     * @param joinFn gets an event of this and one of the other stage; null for no result
     */
    public <U, R> Stage<R> intervalJoin(
            KeyedStage<U, K> other,
            Duration lower,
            Duration upper,
            BiFunctionEx<? super T, ? super U, ? extends R> joinFn) {
        return intervalJoin(other, lower, upper, joinFn, options -> {});
    }

    /** {@link #intervalJoin(KeyedStage, Duration, Duration, BiFunctionEx)} with options. */
    public <U, R> Stage<R> intervalJoin(
            KeyedStage<U, K> other,
            Duration lower,
            Duration upper,
            BiFunctionEx<? super T, ? super U, ? extends R> joinFn,
            Consumer<StageOptions<T>> settings) {
        Objects.requireNonNull(joinFn, "joinFn");
        if (lower.compareTo(upper) > 0) {
            throw new IllegalArgumentException(
                    "intervalJoin: the lower bound " + lower + " is above the upper bound " + upper);
        }
        StageOptions<T> options = options(settings).refuse("intervalJoin", true, false);
        Tag<Failure<T>> onLate = options.onLate();
        FunctionEx<? super T, ? extends K> leftKeyFn = keyFn;
        FunctionEx<? super U, ? extends K> rightKeyFn = other.keyFn;
        long lowerMs = lower.toMillis();
        long upperMs = upper.toMillis();
        return add("intervalJoin", options, OperatorSpec.of("intervalJoin", () -> new IntervalJoin<T, U, K, R>(
                leftKeyFn, rightKeyFn, new IntervalJoin.Bounds(lowerMs, upperMs), joinFn, onLate))
                .withTimestampsNeeded(), other);
    }

    /** Splits each key's events into windows of event time. */
    public WindowedStage<T, K> window(WindowDefinition window) {
        return new WindowedStage<>(this, Objects.requireNonNull(window, "window"));
    }

    /** Adds a keyed step with an operator of its own; for those who write a {@link Transform}. */
    public <R> Stage<R> custom(OperatorSpec spec) {
        return stage.add(spec.kind(), false, spec, List.of(stage.input(keyFn)));
    }

    FunctionEx<? super T, ? extends K> keyFn() {
        return keyFn;
    }

    <R> Stage<R> add(String kind, StageOptions<T> options, OperatorSpec spec, KeyedStage<?, K> other) {
        OperatorSpec complete = options.applyTo(spec);
        String name = options.nameOr(kind);
        if (other == null) {
            return stage.add(name, options.isNamed(), complete, List.of(stage.input(keyFn)));
        }
        stage.checkSamePipeline(other.stage);
        return stage.add(
                name, options.isNamed(), complete, List.of(stage.input(keyFn), other.stage.input(other.keyFn)));
    }

    StageOptions<T> options(Consumer<StageOptions<T>> settings) {
        StageOptions<T> options = new StageOptions<>();
        settings.accept(options);
        return options;
    }

    private static long ttlMs(String kind, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException(kind + ": ttl must be positive, but is " + ttl);
        }
        return ttl.toMillis();
    }
}
