package io.penstock.dag.step;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.operator.WindowRows;
import io.penstock.dag.table.KeyTable;
import java.util.Iterator;

/**
 * Accumulates events where they are, before the exchange, and sends the accumulators to {@link TumblingWindow} when the
 * watermark reaches their window's end, or when there are too many of them. An event that may be late for the second
 * step is passed on to it as it is: one that comes behind this instance's watermark, or behind any instance's at a
 * restart, and all events of an instance that has been idle.
 */
public final class WindowFirstStep<T, K, A> implements Operator, Emitter, WindowRows {

    /** With more accumulators than this after a batch, all are sent. */
    static final int ACCUMULATORS_MAX = 65_536;

    private final RowAccumulator<T, K, A> rows;
    private final long sizeMs;
    private final AggregateOperation<? super T, A, ?> operation;
    private final WindowFrames frames;
    private OperatorContext context;
    private long askedEndMs;
    /** Whether this instance has been idle: then others may have gone on, and only the second step knows what is late. */
    private boolean wasIdle;
    /** Windows that end up to here are being sent. */
    private long sentUpToMs;
    private KeyTable.Cursor sending;
    /** The end of the window that the last watermark sent falls into. */
    private long watermarksEndMs = Batch.NO_TIME;

    public WindowFirstStep(
            FunctionEx<? super T, ? extends K> keyFn, long sizeMs, AggregateOperation<? super T, A, ?> operation) {
        rows = new RowAccumulator<>(keyFn, operation);
        this.sizeMs = sizeMs;
        this.operation = operation;
        frames = new WindowFrames(sizeMs);
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public boolean keepsRows() {
        return true;
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            rows.take(this, batch.timeMs(row), batch.event(row), output);
        }
        afterRows(output);
    }

    @Override
    public KeyTable window(long timeMs) {
        askedEndMs = frames.endMsOf(timeMs);
        return wasIdle || askedEndMs <= oldestEndMs() ? null : frames.ofEnd(askedEndMs);
    }

    /** Windows that end up to here may be over for the second step. */
    private long oldestEndMs() {
        return Math.max(context.watermarkMs(), context.restoredWatermarkMs());
    }

    @Override
    public long windowStartMs() {
        return askedEndMs - sizeMs;
    }

    @Override
    public long windowEndMs() {
        return askedEndMs;
    }

    @Override
    public void late(long timeMs, Object event, Object key, Output output) {
        output.emit(timeMs, event);
    }

    @Override
    public void afterRows(Output output) {
        if (frames.size() > ACCUMULATORS_MAX) {
            sentUpToMs = Long.MAX_VALUE;
            output.emitFrom(this);
        }
    }

    /** To the second step only those watermarks matter that come to a window's end, and an exchange costs each of them. */
    @Override
    public boolean forwardsWatermarks() {
        return false;
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        if (frames.hasEnded(watermarkMs)) {
            sentUpToMs = watermarkMs;
            output.emitFrom(this);
        }
        long endMs = watermarkMs == Long.MAX_VALUE ? watermarkMs : frames.endMsOf(watermarkMs);
        if (endMs != watermarksEndMs) {
            watermarksEndMs = endMs;
            output.emitWatermark(watermarkMs);
        }
    }

    /** Others may take time past the ends of these windows now, and then this instance's part would be late. */
    @Override
    public void onIdle(Output output) {
        wasIdle = true;
        if (frames.size() > 0) {
            sentUpToMs = Long.MAX_VALUE;
            output.emitFrom(this);
        }
    }

    @Override
    public boolean emitNext(Output output) {
        if (sending == null) {
            if (!frames.hasEnded(sentUpToMs)) {
                return false;
            }
            sending = frames.first().cursor();
        }
        if (!sending.next()) {
            sending = null;
            frames.removeFirst();
            return true;
        }
        long endMs = frames.firstEndMs();
        output.emit(endMs - 1, new Partial(sending.key(), endMs, sending.value()));
        return true;
    }

    /** The second step can go on with it as well as the first. */
    @Override
    public Iterator<StateEntry> snapshot() {
        return frames.saved();
    }

    @Override
    public void restore(Object key, Object value) throws Exception {
        frames.restore(key, value, operation.combineFn());
    }
}
