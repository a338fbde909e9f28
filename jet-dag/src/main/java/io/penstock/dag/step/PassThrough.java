package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;

/** Lets everything through: where several streams become one. */
public final class PassThrough implements Operator {

    /** The step under the name of what it is for. */
    public static OperatorSpec spec(String kind) {
        return OperatorSpec.of(kind, PassThrough::new).withRowForm(new RowForm.Passed());
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            output.emit(batch.timeMs(row), batch.event(row));
        }
    }
}
