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
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Aggregates by key and tumbling window. When the watermark reaches a window's end, the host pulls its results, one
 * per key, however many there are.
 */
public final class TumblingWindow<T, K, A, R> implements Operator, Emitter {

    private record Saved(long endMs, Object accumulator) implements Serializable {}

    private final FunctionEx<? super T, ? extends K> keyFn;
    private final long sizeMs;
    private final AggregateOperation<? super T, A, ? extends R> operation;
    private final Tag<?> onLate;
    private final TreeMap<Long, Map<K, A>> frames = new TreeMap<>();
    private OperatorContext context;
    private LateEvents late;
    private long frameEndMs = Batch.NO_TIME;
    private Map<K, A> frame;
    private Iterator<Map.Entry<K, A>> firing;

    /** @param onLate the side output for late events, or null */
    public TumblingWindow(
            FunctionEx<? super T, ? extends K> keyFn,
            long sizeMs,
            AggregateOperation<? super T, A, ? extends R> operation,
            Tag<?> onLate) {
        this.keyFn = keyFn;
        this.sizeMs = sizeMs;
        this.operation = operation;
        this.onLate = onLate;
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
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        long watermarkMs = context.watermarkMs();
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            long timeMs = batch.timeMs(row);
            K key = Keyed.keyOf(keyFn, timeMs, event, output);
            if (key == null) {
                continue;
            }
            long endMs = Expiry.later(Math.floorDiv(timeMs, sizeMs) * sizeMs, sizeMs);
            if (endMs <= watermarkMs) {
                late.take(timeMs, event, key, watermarkMs, output);
                continue;
            }
            try {
                Map<K, A> accumulators = frame(endMs);
                A present = accumulators.get(key);
                A accumulator = present != null ? present : operation.createFn().getEx();
                operation.accumulateFn().acceptEx(accumulator, (T) event);
                if (present == null) {
                    accumulators.put(key, accumulator);
                }
            } catch (Exception e) {
                output.fail(timeMs, event, key, e);
            }
        }
    }

    private Map<K, A> frame(long endMs) {
        if (endMs != frameEndMs) {
            frame = frames.computeIfAbsent(endMs, ignored -> new HashMap<>());
            frameEndMs = endMs;
        }
        return frame;
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        if (!frames.isEmpty() && frames.firstKey() <= watermarkMs) {
            output.emitFrom(this);
        }
    }

    @Override
    public boolean emitNext(Output output) throws Exception {
        Map.Entry<Long, Map<K, A>> first = frames.firstEntry();
        if (first == null || first.getKey() > context.watermarkMs()) {
            return false;
        }
        if (firing == null) {
            firing = first.getValue().entrySet().iterator();
        }
        if (!firing.hasNext()) {
            firing = null;
            frames.remove(first.getKey());
            frameEndMs = Batch.NO_TIME;
            return true;
        }
        Map.Entry<K, A> entry = firing.next();
        long endMs = first.getKey();
        R result = operation.exportFn().applyEx(entry.getValue());
        output.emit(endMs - 1, new KeyedWindowResult<>(endMs - sizeMs, endMs, entry.getKey(), result));
        return true;
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return frames.entrySet().stream()
                .flatMap(ofEnd -> ofEnd.getValue().entrySet().stream()
                        .map(entry -> new StateEntry(entry.getKey(), new Saved(ofEnd.getKey(), entry.getValue()))))
                .iterator();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object key, Object value) {
        Saved saved = (Saved) value;
        frame(saved.endMs).put((K) key, (A) saved.accumulator);
    }
}
