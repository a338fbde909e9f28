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
 * Scores the rows of a batch together, with the version of the model that is current when the batch comes; or, if
 * there are versions from event times on, those of each version together. Results come, and bad rows are given up, in
 * the order of the batch.
 */
final class InferOperator<T, R> implements Operator {

    private final String model;
    private final BiConsumerEx<? super T, ? super Row> fillFn;
    private final BiFunctionEx<? super T, ? super Scores, ? extends R> readFn;

    private Attachment attachment;
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
        Schedule current = attachment.acquire();
        try {
            follow(current);
        } finally {
            current.release();
        }
    }

    /** Makes room for rows of these versions, and keeps what there is for those that stay. */
    private void follow(Schedule current) throws EngineException {
        if (current == schedule) {
            return;
        }
        RowBatch[] before = rows;
        RowBatch[] next = new RowBatch[current.size()];
        for (int i = 0; i < before.length; i++) {
            int ordinal = current.versions().indexOf(before[i].version());
            if (ordinal < 0) {
                before[i].close();
            } else {
                next[ordinal] = before[i];
            }
        }
        rows = next;
        for (int i = 0; i < next.length; i++) {
            if (next[i] == null) {
                next[i] = RowBatch.of(current.version(i), Batch.CAPACITY);
            }
        }
        schedule = current;
    }

    @Override
    public void process(int input, Batch batch, Output output) throws EngineException {
        Schedule current = attachment.acquire();
        try {
            follow(current);
            fill(batch);
            for (RowBatch ofVersion : rows) {
                if (ofVersion.rowCount() > 0) {
                    ofVersion.score();
                }
            }
            read(batch, output);
        } finally {
            current.release();
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        attachment.passed(watermarkMs);
    }

    @SuppressWarnings("unchecked")
    private void fill(Batch batch) {
        for (RowBatch ofVersion : rows) {
            ofVersion.clear();
        }
        for (int row = 0; row < batch.size(); row++) {
            int ordinal = schedule.ordinalAt(batch.timeMs(row));
            ordinals[row] = ordinal;
            RowBatch to = rows[ordinal];
            to.beginRow();
            try {
                fillFn.acceptEx((T) batch.event(row), to);
                refusals[row] = to.endRow();
            } catch (Exception e) {
                refusals[row] = e;
            }
            if (refusals[row] != null) {
                to.version().meters().failed(1);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void read(Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            T event = (T) batch.event(row);
            long timeMs = batch.timeMs(row);
            Object refusal = refusals[row];
            output.row(row);
            if (refusal != null) {
                refusals[row] = null;
                refuse(timeMs, event, refusal, output);
                continue;
            }
            RowBatch from = rows[ordinals[row]].next();
            ModelException failure = from.failure();
            if (failure != null) {
                output.fail(timeMs, event, null, from.version().info().modelVersion() + " failed to score it", failure);
                continue;
            }
            R result;
            try {
                result = readFn.applyEx(event, from);
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

    @Override
    public void close() {
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
