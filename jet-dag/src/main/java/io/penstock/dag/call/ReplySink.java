package io.penstock.dag.call;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.TakenRows;

/** Answers the calls that its rows belong to; counts those rows that belong to none. */
final class ReplySink implements Operator, TakenRows {

    private String stage;
    private StageCounter withoutCall;

    @Override
    public void open(OperatorContext context) {
        stage = context.stage();
        withoutCall = context.counter("without.call");
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            take(batch.timeMs(row), batch.event(row));
        }
    }

    @Override
    public void take(long timeMs, Object row) {
        if (row instanceof CallRow answer) {
            answer.call().reply(answer.event());
            answer.call().release(stage);
        } else {
            withoutCall.add(1);
        }
    }
}
