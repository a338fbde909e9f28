package io.penstock.infer;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import java.util.Arrays;

/** Fills each event's row as for scoring, checks it in the same way, and hands it out instead of scoring it. */
final class CollectOperator<T, R> implements Operator, BatchedRows {

    private final BiConsumerEx<? super T, ? super Row> fillFn;
    private final BiFunctionEx<? super T, float[], ? extends R> readFn;
    private final CollectedRow row = new CollectedRow();
    /** By row of the batch: its values, or why it is refused, as a String or an Exception. */
    private final Object[] collected = new Object[Batch.CAPACITY];

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
            try {
                fillFn.acceptEx(event, target(i));
                filled(i);
            } catch (Exception e) {
                refused(i, e);
            }
            float[] values = result(i);
            if (values == null) {
                fail(i, timeMs, event, output);
            } else {
                read(timeMs, event, values, output);
            }
        }
        end();
    }

    private void read(long timeMs, T event, float[] values, Output output) {
        R result;
        try {
            result = readFn.applyEx(event, values);
        } catch (Exception e) {
            output.fail(timeMs, event, null, e);
            return;
        }
        if (result != null) {
            output.emit(timeMs, result);
        }
    }

    @Override
    public void begin(Batch batch) {}

    @Override
    public Row target(int ordinal) {
        row.begin();
        return row;
    }

    @Override
    public void filled(int ordinal) {
        String refusal = row.end();
        collected[ordinal] = refusal == null ? row.values() : refusal;
    }

    @Override
    public void refused(int ordinal, Exception cause) {
        collected[ordinal] = cause;
    }

    @Override
    public void run() {}

    @Override
    public float[] result(int ordinal) {
        return collected[ordinal] instanceof float[] values ? values : null;
    }

    @Override
    public void fail(int ordinal, long timeMs, Object event, Output output) {
        if (collected[ordinal] instanceof Exception e) {
            output.fail(timeMs, event, null, e);
        } else {
            output.fail(timeMs, event, null, (String) collected[ordinal], null);
        }
    }

    @Override
    public void end() {
        Arrays.fill(collected, null);
    }
}
