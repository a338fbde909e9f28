package io.penstock.dag.step;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Tag;
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
 * Aggregates by key and tumbling window. When the watermark reaches a window's end, the host pulls its results, one
 * per key, however many there are. Takes events, and what {@link WindowFirstStep} has made of them.
 */
public final class TumblingWindow<T, K, A, R> implements Operator, Emitter, WindowRows {

    private final RowAccumulator<T, K, A> rows;
    private final long sizeMs;
    private final AggregateOperation<? super T, A, ? extends R> operation;
    private final Tag<?> onLate;
    private final WindowFrames frames;
    private OperatorContext context;
    private LateEvents late;
    private long askedEndMs;
    private KeyTable.Cursor firing;

    /** @param onLate the side output for late events, or null */
    public TumblingWindow(
            FunctionEx<? super T, ? extends K> keyFn,
            long sizeMs,
            AggregateOperation<? super T, A, ? extends R> operation,
            Tag<?> onLate) {
        rows = new RowAccumulator<>(keyFn, operation);
        this.sizeMs = sizeMs;
        this.operation = operation;
        this.onLate = onLate;
        frames = new WindowFrames(sizeMs);
    }

    @Override
    public boolean keepsRows() {
        return true;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        late = new LateEvents(context, onLate);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            if (event instanceof Partial partial) {
                combine(partial, output);
                continue;
            }
            rows.take(this, batch.timeMs(row), event, output);
        }
    }

    @SuppressWarnings("unchecked")
    private void combine(Partial partial, Output output) {
        if (partial.endMs() <= context.watermarkMs()) {
            throw new IllegalStateException("a partial result came after its window's end, which the first step prevents");
        }
        KeyTable window = frames.ofEnd(partial.endMs());
        A present = (A) KeyTable.find(window, partial.key());
        if (present == null) {
            KeyTable.add(window, partial.key(), partial.accumulator());
            return;
        }
        try {
            operation.combineFn().acceptEx(present, (A) partial.accumulator());
        } catch (Exception e) {
            output.failOther(null, partial.key(), e.getClass().getSimpleName() + " in the combine function", e);
        }
    }

    @Override
    public KeyTable window(long timeMs) {
        askedEndMs = frames.endMsOf(timeMs);
        return askedEndMs <= context.watermarkMs() ? null : frames.ofEnd(askedEndMs);
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
        late.take(timeMs, event, key, context.watermarkMs(), output);
    }

    @Override
    public void afterRows(Output output) {}

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        if (frames.hasEnded(watermarkMs)) {
            output.emitFrom(this);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean emitNext(Output output) throws Exception {
        if (firing == null) {
            if (!frames.hasEnded(context.watermarkMs())) {
                return false;
            }
            firing = frames.first().cursor();
        }
        long endMs = frames.firstEndMs();
        if (!firing.next()) {
            firing = null;
            frames.removeFirst();
            return true;
        }
        R result = operation.exportFn().applyEx((A) firing.value());
        output.emit(endMs - 1, new KeyedWindowResult<>(endMs - sizeMs, endMs, (K) firing.key(), result));
        return true;
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return frames.saved();
    }

    @Override
    public void restore(Object key, Object value) throws Exception {
        frames.restore(key, value, operation.combineFn());
    }
}
