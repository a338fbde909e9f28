package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Forgets all events. */
public final class NoopSink implements Operator {

    @Override
    public void process(int input, Batch batch, Output output) {}
}
