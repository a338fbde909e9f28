package io.penstock.dag.compile;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;

/** Squares one number per row, a batch at a time, as a model is run; has no result for some. */
final class BatchStep<T, R> implements Operator, BatchedRows {

    private static final int NO_RESULT_FOR = 31;

    private final BiConsumerEx<T, long[]> fillFn;
    private final BiFunctionEx<T, long[], R> readFn;
    private final long[][] targets = new long[Batch.CAPACITY][1];
    private final boolean[] isFilled = new boolean[Batch.CAPACITY];
    private final long[][] results = new long[Batch.CAPACITY][];
    private final Exception[] causes = new Exception[Batch.CAPACITY];
    private int size;
    private boolean begun;

    private BatchStep(BiConsumerEx<T, long[]> fillFn, BiFunctionEx<T, long[], R> readFn) {
        this.fillFn = fillFn;
        this.readFn = readFn;
    }

    static <T, R> OperatorSpec spec(BiConsumerEx<T, long[]> fillFn, BiFunctionEx<T, long[], R> readFn) {
        return OperatorSpec.of("square", () -> new BatchStep<>(fillFn, readFn))
                .withRowForm(new RowForm.Batched(fillFn, readFn));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        begin(batch);
        for (int row = 0; row < batch.size(); row++) {
            try {
                fillFn.acceptEx((T) batch.event(row), targets[row]);
                filled(row);
            } catch (Exception e) {
                refused(row, e);
            }
        }
        run();
        for (int row = 0; row < batch.size(); row++) {
            long timeMs = batch.timeMs(row);
            Object event = batch.event(row);
            if (results[row] == null) {
                fail(row, timeMs, event, output);
                continue;
            }
            R read;
            try {
                read = readFn.applyEx((T) event, results[row]);
            } catch (Exception e) {
                output.fail(timeMs, event, null, e);
                continue;
            }
            if (read != null) {
                output.emit(timeMs, read);
            }
        }
        end();
    }

    @Override
    public void begin(Batch batch) {
        if (begun) {
            throw new IllegalStateException("began a batch before the last one ended");
        }
        begun = true;
        size = batch.size();
    }

    @Override
    public Object target(int row) {
        return targets[row];
    }

    @Override
    public void filled(int row) {
        isFilled[row] = true;
    }

    @Override
    public void refused(int row, Exception cause) {
        causes[row] = cause;
    }

    @Override
    public void run() {
        for (int row = 0; row < size; row++) {
            long number = targets[row][0];
            results[row] = isFilled[row] && number % NO_RESULT_FOR != 0 ? new long[] {number * number} : null;
        }
    }

    @Override
    public Object result(int row) {
        return results[row];
    }

    @Override
    public void fail(int row, long timeMs, Object event, Output output) {
        if (causes[row] != null) {
            output.fail(timeMs, event, null, causes[row]);
        } else {
            output.fail(timeMs, event, null, "no result", null);
        }
    }

    @Override
    public void end() {
        begun = false;
        for (int row = 0; row < size; row++) {
            isFilled[row] = false;
            causes[row] = null;
            results[row] = null;
        }
    }
}
