package io.penstock.dag.step;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.WindowRows;
import io.penstock.dag.table.KeyTable;

/** Adds an event to the accumulator of its key and window: what both steps of a window do, and compiled loops too. */
record RowAccumulator<T, K, A>(
        FunctionEx<? super T, ? extends K> keyFn, AggregateOperation<? super T, A, ?> operation) {

    @SuppressWarnings("unchecked")
    void take(WindowRows windows, long timeMs, Object event, Output output) {
        K key = Keyed.keyOf(keyFn, timeMs, event, output);
        if (key == null) {
            return;
        }
        KeyTable window = windows.window(timeMs);
        if (window == null) {
            windows.late(timeMs, event, key, output);
            return;
        }
        try {
            A present = (A) KeyTable.find(window, key);
            A accumulator = present != null ? present : operation.createFn().getEx();
            operation.accumulateFn().acceptEx(accumulator, (T) event);
            if (present == null) {
                KeyTable.add(window, key, accumulator);
            }
        } catch (Exception e) {
            output.fail(timeMs, event, key, e);
        }
    }
}
