package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Turns each event into another, or none. */
public final class MapEach<T, R> implements Operator {

    private final FunctionEx<? super T, ? extends R> mapFn;

    public MapEach(FunctionEx<? super T, ? extends R> mapFn) {
        this.mapFn = mapFn;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            R result;
            try {
                result = mapFn.applyEx((T) batch.event(row));
            } catch (Exception e) {
                output.fail(batch.timeMs(row), batch.event(row), null, e);
                continue;
            }
            if (result != null) {
                output.emit(batch.timeMs(row), result);
            }
        }
    }
}
