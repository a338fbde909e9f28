package io.penstock.infer;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Transform;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The step of a pipeline that scores each event with a model of the grid, and the one that makes the training data for
 * such a model out of the same definition.
 */
public final class Infer {

    private Infer() {}

    /**
     * Scores each event; one that cannot be scored fails the job.
     *
     * <p>What waits at the stage is scored as one batch, by the version of the model that is current at that moment; a
     * newly deployed version takes over between two batches, or, deployed with {@link DeployOptions#from}, scores the
     * events from that time on. The functions run on the engine's worker threads, several
     * at once, and must not block. When the job is submitted, the model must be deployed.
     *
     * @param model the name under which the model was deployed, see {@link Models}
     * @param fillFn fills the model's input row from an event
     * @param readFn makes the result out of the event and the model's output; null drops the event
     * @throws ModelException if the name is not one that a model can have
     */
    public static <T, R> Transform<T, R> with(
            String model,
            BiConsumerEx<? super T, ? super Row> fillFn,
            BiFunctionEx<? super T, ? super Scores, ? extends R> readFn) {
        return with(model, fillFn, readFn, options -> {});
    }

    /** {@link #with(String, BiConsumerEx, BiFunctionEx)} with options, such as where bad rows go. */
    public static <T, R> Transform<T, R> with(
            String model,
            BiConsumerEx<? super T, ? super Row> fillFn,
            BiFunctionEx<? super T, ? super Scores, ? extends R> readFn,
            Consumer<InferOptions<T>> settings) {
        ModelChecks.checkName(model);
        Objects.requireNonNull(fillFn, "fillFn");
        Objects.requireNonNull(readFn, "readFn");
        InferOptions<T> options = new InferOptions<>();
        settings.accept(options);
        OperatorSpec spec = OperatorSpec.of("infer", () -> new InferOperator<T, R>(model, fillFn, readFn))
                .withRowForm(new RowForm.Batched(fillFn, readFn));
        return stage -> options.addTo(stage, spec);
    }

    /**
     * Fills each event's row as for scoring, and hands it out instead of scoring it; an event whose row is refused
     * fails the job.
     *
     * <p>For training: the same {@code fillFn}, behind the same stages, makes the rows that a model is trained with and
     * later those that it scores, so that the two cannot differ (training/serving skew). A row is refused for what a
     * model would refuse it for: a value that is NaN or infinite as a float32, or another number of columns than the
     * first row had that this instance of the stage took. The functions run on the engine's worker threads, several at
     * once, and must not block.
     *
     * @param fillFn fills the row from an event, as for {@link #with}
     * @param readFn makes the result out of the event and a copy of its row, which it may keep; null drops the event
     */
    public static <T, R> Transform<T, R> collectOnly(
            BiConsumerEx<? super T, ? super Row> fillFn, BiFunctionEx<? super T, float[], ? extends R> readFn) {
        return collectOnly(fillFn, readFn, options -> {});
    }

    /** {@link #collectOnly(BiConsumerEx, BiFunctionEx)} with options, such as where bad rows go. */
    public static <T, R> Transform<T, R> collectOnly(
            BiConsumerEx<? super T, ? super Row> fillFn,
            BiFunctionEx<? super T, float[], ? extends R> readFn,
            Consumer<InferOptions<T>> settings) {
        Objects.requireNonNull(fillFn, "fillFn");
        Objects.requireNonNull(readFn, "readFn");
        InferOptions<T> options = new InferOptions<>();
        settings.accept(options);
        OperatorSpec spec = OperatorSpec.of("collect", () -> new CollectOperator<T, R>(fillFn, readFn))
                .withRowForm(new RowForm.Batched(fillFn, readFn));
        return stage -> options.addTo(stage, spec);
    }
}
