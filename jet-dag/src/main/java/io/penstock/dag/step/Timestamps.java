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
 *
 * <p>An instance that was given nothing for as long as {@link IdleTime} says is idle: it tells its readers, who then go
 * by the others, until something comes again. If time is to advance nevertheless, its watermark goes on with the wall
 * clock, from where the last input had left it; that counts where all instances are idle.
 */
public final class Timestamps<T> implements Operator, TimedRows {

    private final ToLongFunctionEx<? super T> timeFn;
    private final long lagMs;
    private final IdleTime idleTime;
    private long watermarkMs = Batch.NO_TIME;
    private int instance;

    private boolean inputCame = true;
    private boolean idle;
    /** By the wall clock: when the last input was noticed. */
    private long quietSinceMs;
    /** The watermark at that time. */
    private long quietWatermarkMs;

    public Timestamps(ToLongFunctionEx<? super T> timeFn, long lagMs) {
        this(timeFn, lagMs, IdleTime.NEVER);
    }

    public Timestamps(ToLongFunctionEx<? super T> timeFn, long lagMs, IdleTime idleTime) {
        this.timeFn = timeFn;
        this.lagMs = lagMs;
        this.idleTime = idleTime;
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
    public long tickMs() {
        return idleTime.tickMs();
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
        advance(newestMs, true, output);
    }

    @Override
    public long newestMs() {
        return watermarkMs;
    }

    @Override
    public void advance(long newestMs, boolean hasRows, Output output) {
        if (hasRows && idleTime.afterMs() > 0) {
            inputCame(output);
        }
        if (newestMs > watermarkMs) {
            watermarkMs = newestMs;
            output.emitWatermark(watermarkMs);
        }
    }

    private void inputCame(Output output) {
        inputCame = true;
        if (idle) {
            idle = false;
            output.emitIdle(false);
        }
    }

    @Override
    public void onTick(long nowMs, Output output) {
        if (inputCame) {
            inputCame = false;
            quietSinceMs = nowMs;
            quietWatermarkMs = watermarkMs;
            return;
        }
        long quietMs = nowMs - quietSinceMs;
        if (quietMs < idleTime.afterMs()) {
            return;
        }
        if (!idle) {
            idle = true;
            output.emitIdle(true);
        }
        if (idleTime.advances() && quietWatermarkMs != Batch.NO_TIME && quietWatermarkMs + quietMs > watermarkMs) {
            watermarkMs = quietWatermarkMs + quietMs;
            output.emitWatermark(watermarkMs);
        }
    }

    @Override
    public void onWatermark(long upstreamWatermarkMs, Output output) {
        inputCame(output);
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
