package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;

/**
 * What a stage may be told beyond its function.
 *
 * @param <T> the type of the stage's input events
 */
public final class StageOptions<T> extends StepOptions<T, StageOptions<T>> {

    private Tag<Failure<T>> onLate;
    private ComparatorEx<? super T> timeOrder;

    StageOptions() {}

    @Override
    protected StageOptions<T> self() {
        return this;
    }

    /**
     * Sends an event that comes after its time has passed to a side output. Default: it is dropped and counted, as are
     * those of the other stage of a join. Only for stages that go by event time.
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

    Tag<Failure<T>> onLate() {
        return onLate;
    }

    ComparatorEx<? super T> timeOrder() {
        return timeOrder;
    }

    @Override
    OperatorSpec applyTo(OperatorSpec spec) {
        OperatorSpec withFailures = super.applyTo(spec);
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
