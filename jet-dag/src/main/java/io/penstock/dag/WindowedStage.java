package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.TumblingWindow;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Events seen by a key and a window.
 *
 * @param <T> the type of the events
 * @param <K> the type of the key
 */
public final class WindowedStage<T, K> {

    private final KeyedStage<T, K> stage;
    private final WindowDefinition window;

    WindowedStage(KeyedStage<T, K> stage, WindowDefinition window) {
        this.stage = stage;
        this.window = window;
    }

    /** One result per key and window, when the watermark has reached the window's end; its time is the end - 1. */
    public <R> Stage<KeyedWindowResult<K, R>> aggregate(AggregateOperation<? super T, ?, ? extends R> operation) {
        return aggregate(operation, options -> {});
    }

    /** {@link #aggregate(AggregateOperation)} with options. */
    public <R> Stage<KeyedWindowResult<K, R>> aggregate(
            AggregateOperation<? super T, ?, ? extends R> operation, Consumer<StageOptions<T>> settings) {
        Objects.requireNonNull(operation, "operation");
        StageOptions<T> options = stage.options(settings).refuse("window", true, false);
        Tag<Failure<T>> onLate = options.onLate();
        FunctionEx<? super T, ? extends K> keyFn = stage.keyFn();
        long sizeMs = window.sizeMs();
        return stage.add("window", options, OperatorSpec.of(
                "tumblingWindow", () -> new TumblingWindow<>(keyFn, sizeMs, operation, onLate))
                .withTimestampsNeeded(), null);
    }
}
