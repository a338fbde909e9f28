package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.Partial;
import io.penstock.dag.step.TumblingWindow;
import io.penstock.dag.step.WindowFirstStep;
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
        return stage.add("window", options, spec(operation, options.onLate()), null);
    }

    private <A, R> OperatorSpec spec(AggregateOperation<? super T, A, ? extends R> operation, Tag<?> onLate) {
        FunctionEx<? super T, ? extends K> keyFn = stage.keyFn();
        long sizeMs = window.sizeMs();
        RowForm form = new RowForm.Aggregated(keyFn, operation.createFn(), operation.accumulateFn());
        OperatorSpec first = OperatorSpec.of(
                        "window, first step", () -> new WindowFirstStep<T, K, A>(keyFn, sizeMs, operation))
                .withRowForm(form);
        return OperatorSpec.of(
                        "tumblingWindow", () -> new TumblingWindow<T, K, A, R>(keyFn, sizeMs, operation, onLate))
                .withTimestampsNeeded()
                .withRowForm(form)
                .withFirstStep(new OperatorSpec.FirstStep(first, Partial.keyFn(keyFn)));
    }
}
