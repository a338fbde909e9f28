package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.TriFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import java.util.Iterator;

/** Turns each event into another, or none, with the state of its key, in the order of arrival. */
public final class MapStateful<T, K, S, R> implements Operator {

    private final FunctionEx<? super T, ? extends K> keyFn;
    private final TriFunctionEx<? super S, ? super K, ? super T, ? extends R> mapFn;
    private final KeyedState<K, S> states;

    public MapStateful(
            FunctionEx<? super T, ? extends K> keyFn,
            long ttlMs,
            SupplierEx<? extends S> createFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> mapFn) {
        this.keyFn = keyFn;
        this.mapFn = mapFn;
        states = new KeyedState<>(createFn, ttlMs);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            long timeMs = batch.timeMs(row);
            K key = Keyed.keyOf(keyFn, timeMs, event, output);
            if (key == null) {
                continue;
            }
            R result;
            try {
                result = mapFn.applyEx(states.use(key, timeMs), key, (T) event);
            } catch (Exception e) {
                output.fail(timeMs, event, key, e);
                continue;
            }
            if (result != null) {
                output.emit(timeMs, result);
            }
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        states.forgetUnused(watermarkMs);
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return states.snapshot();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object key, Object value) {
        states.restore((K) key, (KeyedState.Saved) value);
    }
}
