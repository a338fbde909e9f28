package io.penstock.dag;

import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;

/**
 * The options that all steps have in common, those of libraries too: a name, and what happens to an event that the
 * step's function cannot handle. Not thread-safe; used while the step is added and not kept.
 *
 * @param <T> the type of the step's input events
 * @param <O> the type of the options themselves
 */
public abstract class StepOptions<T, O extends StepOptions<T, O>> {

    private String name;
    private FailurePolicy onFailure = new FailurePolicy.FailJob();

    protected StepOptions() {}

    /** This object. */
    protected abstract O self();

    /** The stage's name, unique in its pipeline. Stages with state should have one: their state is found by it. */
    public O name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a stage's name must not be blank");
        }
        this.name = name;
        return self();
    }

    /**
     * Sends an event for which the step's function throws to a side output. Default: the job fails. An event of the
     * other stage of a join, which has another type, fails the job unless failures are skipped.
     */
    public O onFailure(Tag<Failure<T>> tag) {
        onFailure = new FailurePolicy.ToSideOutput(tag);
        return self();
    }

    /** Leaves out, and counts, an event for which the step's function throws. */
    public O skipFailures() {
        onFailure = new FailurePolicy.Skip();
        return self();
    }

    /** Adds a step with these options to a stage; for those who write a {@link Transform}. */
    public <R> Stage<R> addTo(Stage<T> stage, OperatorSpec spec) {
        OperatorSpec complete = spec.withOnFailure(onFailure);
        return isNamed() ? stage.custom(name, complete) : stage.custom(complete);
    }

    final String nameOr(String derived) {
        return isNamed() ? name : derived;
    }

    final boolean isNamed() {
        return name != null;
    }

    OperatorSpec applyTo(OperatorSpec spec) {
        return spec.withOnFailure(onFailure);
    }
}
