package io.penstock.infer;

import io.penstock.dag.Failure;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;

/**
 * What a scoring stage may be told beyond its functions.
 *
 * @param <T> the type of the stage's input events
 */
public final class InferOptions<T> {

    private String name;
    private FailurePolicy onFailure = new FailurePolicy.FailJob();

    InferOptions() {}

    /** The stage's name, unique in its pipeline. Default {@code infer}, with a number if that is taken. */
    public InferOptions<T> name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a stage's name must not be blank");
        }
        this.name = name;
        return this;
    }

    /** Sends an event that cannot be scored to a side output; the others are scored. Default: the job fails. */
    public InferOptions<T> onFailure(Tag<Failure<T>> tag) {
        onFailure = new FailurePolicy.ToSideOutput(tag);
        return this;
    }

    /** Leaves out, and counts, an event that cannot be scored; the others are scored. */
    public InferOptions<T> skipFailures() {
        onFailure = new FailurePolicy.Skip();
        return this;
    }

    <R> Stage<R> addTo(Stage<T> stage, OperatorSpec spec) {
        OperatorSpec withFailures = spec.withOnFailure(onFailure);
        return name != null ? stage.custom(name, withFailures) : stage.custom(withFailures);
    }
}
