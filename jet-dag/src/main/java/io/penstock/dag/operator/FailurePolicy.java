package io.penstock.dag.operator;

import io.penstock.dag.Failure;
import io.penstock.dag.Tag;
import java.io.Serializable;

/** What a stage does with a row that it cannot handle. */
public sealed interface FailurePolicy extends Serializable {

    /** Fails the job, naming the stage and the event's type. */
    record FailJob() implements FailurePolicy {}

    /** Leaves the row out and counts it. */
    record Skip() implements FailurePolicy {}

    /** Sends a {@link Failure} to a side output. */
    record ToSideOutput(Tag<? extends Failure<?>> tag) implements FailurePolicy {}
}
