package io.penstock.dag;

import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;

/**
 * What a stage may be told beyond its function.
 *
 * @param <T> the type of the stage's input events
 */
public final class StageOptions<T> {

    private String name;
    private FailurePolicy onFailure = new FailurePolicy.FailJob();
    private Tag<Failure<T>> onLate;
    private ComparatorEx<? super T> timeOrder;

    StageOptions() {}

    /** The stage's name, unique in its pipeline. Stages with state should have one: their state is found by it. */
    public StageOptions<T> name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a stage's name must not be blank");
        }
        this.name = name;
        return this;
    }

    /** Sends an event for which the stage's function throws to a side output. Default: the job fails. */
    public StageOptions<T> onFailure(Tag<Failure<T>> tag) {
        onFailure = new FailurePolicy.ToSideOutput(tag);
        return this;
    }

    /** Leaves out, and counts, an event for which the stage's function throws. */
    public StageOptions<T> skipFailures() {
        onFailure = new FailurePolicy.Skip();
        return this;
    }

    /**
     * Sends an event that comes after its time has passed to a side output. Default: it is dropped and counted. Only
     * for stages that go by event time.
     */
    public StageOptions<T> onLate(Tag<Failure<T>> tag) {
        onLate = tag;
        return this;
    }

    /**
     * Lets the stage wait for the watermark and take each key's events in the order of their event time, those of
     * the same time in the order given. Only for {@code mapStateful}, and for {@code joinAsOf}, which goes by time
     * anyway, to decide between events of the same time.
     */
    public StageOptions<T> inTimeOrder(ComparatorEx<? super T> tieOrder) {
        timeOrder = tieOrder;
        return this;
    }

    String nameOr(String derived) {
        return name != null ? name : derived;
    }

    boolean isNamed() {
        return name != null;
    }

    Tag<Failure<T>> onLate() {
        return onLate;
    }

    ComparatorEx<? super T> timeOrder() {
        return timeOrder;
    }

    OperatorSpec applyTo(OperatorSpec spec) {
        OperatorSpec withFailures = spec.withOnFailure(onFailure);
        return onLate == null ? withFailures : withFailures.withSideOutput(onLate);
    }

    /** Refuses options that a stage of this kind cannot follow. */
    StageOptions<T> refuse(String kind, boolean lateAllowed, boolean orderAllowed) {
        if (onLate != null && !lateAllowed) {
            throw new IllegalArgumentException(
                    "stage '" + nameOr(kind) + "': a " + kind + " knows no late events; remove onLate(...)");
        }
        if (timeOrder != null && !orderAllowed) {
            throw new IllegalArgumentException("stage '" + nameOr(kind) + "': a " + kind
                    + " does not go by time; remove inTimeOrder(...), or use mapStateful or joinAsOf");
        }
        return this;
    }
}
