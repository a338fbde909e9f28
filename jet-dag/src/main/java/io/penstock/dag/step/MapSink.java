package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.WrittenRows;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;

/** Puts a key and a value made of each event into a grid map. */
public final class MapSink<T, K, V> implements Operator, WrittenRows {

    private final MapRef<K, V> ref;
    private final FunctionEx<? super T, ? extends K> keyFn;
    private final FunctionEx<? super T, ? extends V> valueFn;
    private GridMap<K, V> map;

    public MapSink(
            MapRef<K, V> ref, FunctionEx<? super T, ? extends K> keyFn, FunctionEx<? super T, ? extends V> valueFn) {
        this.ref = ref;
        this.keyFn = keyFn;
        this.valueFn = valueFn;
    }

    @Override
    public void open(OperatorContext context) {
        map = context.grid().map(ref);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            T event = (T) batch.event(row);
            try {
                map.put(keyFn.applyEx(event), valueFn.applyEx(event));
            } catch (Exception e) {
                output.fail(batch.timeMs(row), event, null, e);
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(Object key, Object value) {
        map.put((K) key, (V) value);
    }
}
