package io.penstock.infer;

import io.penstock.dag.StepOptions;

/**
 * What a scoring stage may be told beyond its functions. Without {@code onFailure(tag)} or {@code skipFailures()} an
 * event that cannot be scored fails the job; with either of them the others of its batch are scored.
 *
 * @param <T> the type of the stage's input events
 */
public final class InferOptions<T> extends StepOptions<T, InferOptions<T>> {

    InferOptions() {}

    @Override
    protected InferOptions<T> self() {
        return this;
    }
}
