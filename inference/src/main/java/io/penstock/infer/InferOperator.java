package io.penstock.infer;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.grid.Grid;
import io.penstock.infer.engine.EngineException;

/**
 * Scores the rows of a batch together, with the version of the model that is current when the batch comes; or, if
 * there are versions from event times on, those of each version together. Results come, and bad rows are given up, in
 * the order of the batch.
 */
final class InferOperator<T, R> implements Operator, BatchedRows {

    private final String model;
    private final BiConsumerEx<? super T, ? super Row> fillFn;
    private final BiFunctionEx<? super T, ? super Scores, ? extends R> readFn;

    private Attachment attachment;
    /** What scores the present batch, and the batch; null between two of them. */
    private Schedule current;
    private Batch batch;
    /** What {@link #rows} are for. */
    private Schedule schedule;
    /** By version of the schedule. */
    private RowBatch[] rows = {};
    /** By row of the batch: the version that scores it. */
    private final int[] ordinals = new int[Batch.CAPACITY];
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
    public boolean namesRows() {
        return true;
    }

    @Override
    public void open(OperatorContext context) throws EngineException {
        open(context.grid());
    }

    void open(Grid grid) throws EngineException {
        attachment = Models.of(grid).attach(model);
        Schedule first = attachment.acquire();
        try {
            follow(first);
        } finally {
            first.release();
        }
    }

    /** Makes room for rows of these versions, and keeps what there is for those that stay. */
    private void follow(Schedule next) throws EngineException {
        if (next == schedule) {
            return;
        }
        RowBatch[] before = rows;
        RowBatch[] ofNext = new RowBatch[next.size()];
        for (int i = 0; i < before.length; i++) {
            int ordinal = next.versions().indexOf(before[i].version());
            if (ordinal < 0) {
                before[i].close();
            } else {
                ofNext[ordinal] = before[i];
            }
        }
        rows = ofNext;
        for (int i = 0; i < ofNext.length; i++) {
            if (ofNext[i] == null) {
                ofNext[i] = RowBatch.of(next.version(i), Batch.CAPACITY);
            }
        }
        schedule = next;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) throws EngineException {
        begin(batch);
        try {
            for (int row = 0; row < batch.size(); row++) {
                try {
                    fillFn.acceptEx((T) batch.event(row), target(row));
                } catch (Exception e) {
                    refused(row, e);
                    continue;
                }
                filled(row);
            }
            run();
            for (int row = 0; row < batch.size(); row++) {
                read(row, batch.timeMs(row), (T) batch.event(row), output);
            }
        } finally {
            end();
        }
    }

    private void read(int row, long timeMs, T event, Output output) {
        output.row(row);
        Scores scores = result(row);
        if (scores == null) {
            fail(row, timeMs, event, output);
            return;
        }
        R result;
        try {
            result = readFn.applyEx(event, scores);
        } catch (Exception e) {
            output.fail(timeMs, event, null, e);
            return;
        }
        if (result != null) {
            output.emit(timeMs, result);
        }
    }

    @Override
    public void begin(Batch rowsToScore) throws EngineException {
        current = attachment.acquire();
        follow(current);
        batch = rowsToScore;
        for (RowBatch ofVersion : rows) {
            ofVersion.clear();
        }
    }

    @Override
    public Row target(int row) {
        int ordinal = schedule.ordinalAt(batch.timeMs(row));
        ordinals[row] = ordinal;
        rows[ordinal].beginRow();
        return rows[ordinal];
    }

    @Override
    public void filled(int row) {
        RowBatch to = rows[ordinals[row]];
        refusals[row] = to.endRow();
        if (refusals[row] != null) {
            to.version().meters().failed(1);
        }
    }

    @Override
    public void refused(int row, Exception cause) {
        refusals[row] = cause;
        rows[ordinals[row]].version().meters().failed(1);
    }

    @Override
    public void run() throws EngineException {
        for (RowBatch ofVersion : rows) {
            if (ofVersion.rowCount() > 0) {
                ofVersion.score();
            }
        }
    }

    @Override
    public Scores result(int row) {
        if (refusals[row] != null) {
            return null;
        }
        RowBatch from = rows[ordinals[row]].next();
        return from.failure() == null ? from : null;
    }

    @Override
    public void fail(int row, long timeMs, Object event, Output output) {
        Object refusal = refusals[row];
        refusals[row] = null;
        if (refusal == null) {
            RowBatch from = rows[ordinals[row]];
            output.fail(
                    timeMs, event, null, from.version().info().modelVersion() + " failed to score it", from.failure());
        } else if (refusal instanceof Exception e) {
            output.fail(timeMs, event, null, e);
        } else {
            output.fail(timeMs, event, null, (String) refusal, null);
        }
    }

    @Override
    public void end() {
        if (current != null) {
            current.release();
            current = null;
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        attachment.passed(watermarkMs);
    }

    @Override
    public void close() {
        end(); // of a batch amid which the job has failed
        for (RowBatch ofVersion : rows) {
            if (ofVersion != null) {
                ofVersion.close();
            }
        }
        rows = new RowBatch[0];
        if (attachment != null) {
            attachment.detach();
            attachment = null;
        }
    }
}
