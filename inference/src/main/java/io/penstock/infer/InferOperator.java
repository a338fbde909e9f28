package io.penstock.infer;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.grid.Grid;
import io.penstock.infer.engine.EngineException;

/**
 * Scores the rows of a batch together, with the version of the model that is current when the batch comes. Bad rows
 * are given up, in their order; the others are scored.
 */
final class InferOperator<T, R> implements Operator {

    private final String model;
    private final BiConsumerEx<? super T, ? super Row> fillFn;
    private final BiFunctionEx<? super T, ? super Scores, ? extends R> readFn;

    private ModelSlot slot;
    private RowBatch rows;
    /** By row of the batch: null, or why it is not scored, as a String or an Exception. */
    private final Object[] refusals = new Object[Batch.CAPACITY];

    InferOperator(
            String model,
            BiConsumerEx<? super T, ? super Row> fillFn,
            BiFunctionEx<? super T, ? super Scores, ? extends R> readFn) {
        this.model = model;
        this.fillFn = fillFn;
        this.readFn = readFn;
    }

    @Override
    public void open(OperatorContext context) throws EngineException {
        open(context.grid());
    }

    void open(Grid grid) throws EngineException {
        slot = Models.of(grid).attach(model);
        LoadedVersion version = slot.acquire();
        try {
            rowsFor(version);
        } finally {
            version.release();
        }
    }

    /** Room for rows of this version, which is the same as before unless a new one has been deployed. */
    private RowBatch rowsFor(LoadedVersion version) throws EngineException {
        if (rows == null || rows.version() != version) {
            closeRows();
            rows = RowBatch.of(version, Batch.CAPACITY);
        }
        return rows;
    }

    @Override
    public void process(int input, Batch batch, Output output) throws EngineException {
        LoadedVersion version = slot.acquire();
        try {
            RowBatch scored = rowsFor(version);
            scored.clear();
            fill(batch, scored);
            if (scored.rowCount() > 0) {
                scored.score();
            }
            read(batch, scored, output);
        } finally {
            version.release();
        }
    }

    @SuppressWarnings("unchecked")
    private void fill(Batch batch, RowBatch to) {
        for (int row = 0; row < batch.size(); row++) {
            to.beginRow();
            try {
                fillFn.acceptEx((T) batch.event(row), to);
                refusals[row] = to.endRow();
            } catch (Exception e) {
                refusals[row] = e;
            }
        }
        int refusedCount = batch.size() - to.rowCount();
        if (refusedCount > 0) {
            to.version().meters().failed(refusedCount);
        }
    }

    @SuppressWarnings("unchecked")
    private void read(Batch batch, RowBatch from, Output output) {
        int scoredRow = 0;
        for (int row = 0; row < batch.size(); row++) {
            T event = (T) batch.event(row);
            long timeMs = batch.timeMs(row);
            Object refusal = refusals[row];
            if (refusal != null) {
                refusals[row] = null;
                refuse(timeMs, event, refusal, output);
                continue;
            }
            ModelException failure = from.failure(scoredRow);
            if (failure != null) {
                scoredRow++;
                output.fail(timeMs, event, null, from.version().info().modelVersion() + " failed to score it", failure);
                continue;
            }
            R result;
            try {
                result = readFn.applyEx(event, from.at(scoredRow++));
            } catch (Exception e) {
                output.fail(timeMs, event, null, e);
                continue;
            }
            if (result != null) {
                output.emit(timeMs, result);
            }
        }
    }

    private static void refuse(long timeMs, Object event, Object refusal, Output output) {
        if (refusal instanceof Exception e) {
            output.fail(timeMs, event, null, e);
        } else {
            output.fail(timeMs, event, null, (String) refusal, null);
        }
    }

    private void closeRows() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public void close() {
        closeRows();
        if (slot != null) {
            slot.detach();
            slot = null;
        }
    }
}
