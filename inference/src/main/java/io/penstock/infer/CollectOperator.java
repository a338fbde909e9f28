package io.penstock.infer;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Fills each event's row as for scoring, checks it in the same way, and hands it out instead of scoring it. */
final class CollectOperator<T, R> implements Operator {

    private final BiConsumerEx<? super T, ? super Row> fillFn;
    private final BiFunctionEx<? super T, float[], ? extends R> readFn;
    private final CollectedRow row = new CollectedRow();

    CollectOperator(
            BiConsumerEx<? super T, ? super Row> fillFn, BiFunctionEx<? super T, float[], ? extends R> readFn) {
        this.fillFn = fillFn;
        this.readFn = readFn;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int i = 0; i < batch.size(); i++) {
            T event = (T) batch.event(i);
            long timeMs = batch.timeMs(i);
            R result;
            try {
                row.begin();
                fillFn.acceptEx(event, row);
                String refusal = row.end();
                if (refusal != null) {
                    output.fail(timeMs, event, null, refusal, null);
                    continue;
                }
                result = readFn.applyEx(event, row.values());
            } catch (Exception e) {
                output.fail(timeMs, event, null, e);
                continue;
            }
            if (result != null) {
                output.emit(timeMs, result);
            }
        }
    }
}
