package io.penstock.dag.step;

import io.penstock.dag.ToLongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.operator.TimedRows;
import java.util.Iterator;
import java.util.List;

/**
 * Gives each event its time; after each batch sends the newest time so far, less the allowed lag, as watermark. A
 * watermark from upstream counts as it is: whoever sends one knows more than the events tell.
 */
public final class Timestamps<T> implements Operator, TimedRows {

    private final ToLongFunctionEx<? super T> timeFn;
    private final long lagMs;
    private long watermarkMs = Batch.NO_TIME;
    private int instance;

    public Timestamps(ToLongFunctionEx<? super T> timeFn, long lagMs) {
        this.timeFn = timeFn;
        this.lagMs = lagMs;
    }

    /** How much older than the newest event so far an event may be without being late. */
    public long lagMs() {
        return lagMs;
    }

    @Override
    public void open(OperatorContext context) {
        instance = context.instance();
    }

    @Override
    public boolean forwardsWatermarks() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        long newestMs = watermarkMs;
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            long timeMs;
            try {
                timeMs = timeFn.applyAsLongEx((T) event);
            } catch (Exception e) {
                output.fail(Batch.NO_TIME, event, null, e);
                continue;
            }
            if (timeMs > Long.MIN_VALUE + lagMs) {
                newestMs = Math.max(newestMs, timeMs - lagMs);
            }
            output.emit(timeMs, event);
        }
        advance(newestMs, output);
    }

    @Override
    public long newestMs() {
        return watermarkMs;
    }

    @Override
    public void advance(long newestMs, Output output) {
        if (newestMs > watermarkMs) {
            watermarkMs = newestMs;
            output.emitWatermark(watermarkMs);
        }
    }

    @Override
    public void onWatermark(long upstreamWatermarkMs, Output output) {
        if (upstreamWatermarkMs == Long.MAX_VALUE) {
            output.emitWatermark(Long.MAX_VALUE); // not kept: the end of the input is no event time to go on from
        } else if (upstreamWatermarkMs > watermarkMs) {
            watermarkMs = upstreamWatermarkMs;
            output.emitWatermark(watermarkMs);
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return List.of(new StateEntry(instance, watermarkMs)).iterator();
    }

    /** Takes the oldest of the instances' watermarks: any other could declare replayed events late. */
    @Override
    public void restore(Object key, Object value) {
        long saved = (long) value;
        watermarkMs = watermarkMs == Batch.NO_TIME ? saved : Math.min(watermarkMs, saved);
    }
}
