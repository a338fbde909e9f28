package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.TakenRows;

/** Forgets all events. */
public final class NoopSink implements Operator, TakenRows {

    @Override
    public void process(int input, Batch batch, Output output) {}

    @Override
    public void take(long timeMs, Object event) {}
}
