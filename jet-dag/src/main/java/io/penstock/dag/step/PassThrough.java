package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Lets everything through: where several streams become one. */
public final class PassThrough implements Operator {

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            output.emit(batch.timeMs(row), batch.event(row));
        }
    }
}
