package io.penstock.enrich.lookup;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StageException;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;

/** Joins each event with a value of a grid map. Keeps nothing: what the map holds when the event passes counts. */
public final class MapLookup<T, K, V, R> implements Operator {

    private final MapRef<K, V> ref;
    private final FunctionEx<? super T, ? extends K> keyFn;
    private final BiFunctionEx<? super T, ? super V, ? extends R> joinFn;
    private final MissPolicy onMiss;
    private final V defaultValue;
    private GridMap<K, V> map;
    private String stage;
    private StageCounter misses;
    private int missOutput = -1;

    @SuppressWarnings("unchecked")
    public MapLookup(
            MapRef<K, V> ref,
            FunctionEx<? super T, ? extends K> keyFn,
            BiFunctionEx<? super T, ? super V, ? extends R> joinFn,
            MissPolicy onMiss) {
        this.ref = ref;
        this.keyFn = keyFn;
        this.joinFn = joinFn;
        this.onMiss = onMiss;
        defaultValue = onMiss instanceof MissPolicy.Default instead ? (V) instead.value() : null;
    }

    @Override
    public void open(OperatorContext context) {
        map = context.grid().map(ref);
        stage = context.stage();
        misses = context.counter("misses");
        if (onMiss instanceof MissPolicy.ToSideOutput side) {
            missOutput = context.output(side.tag());
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            T event = (T) batch.event(row);
            long timeMs = batch.timeMs(row);
            K key = null;
            R result;
            try {
                key = keyFn.applyEx(event);
                V value = key == null ? null : map.get(key);
                if (value == null) {
                    misses.add(1);
                    value = defaultValue;
                }
                if (value == null) {
                    miss(timeMs, event, key, output);
                    continue;
                }
                result = joinFn.applyEx(event, value);
            } catch (GridException | StageException e) {
                throw e;
            } catch (Exception e) {
                output.fail(timeMs, event, key, e);
                continue;
            }
            if (result != null) {
                output.emit(timeMs, result);
            }
        }
    }

    private void miss(long timeMs, T event, K key, Output output) {
        if (onMiss instanceof MissPolicy.Skip) {
            return;
        }
        String reason = "map '" + ref.name() + "' has no entry for the key";
        if (missOutput < 0) {
            throw new StageException(stage, Failure.describe(event, key) + ": " + reason + "; add the entry, or say what"
                    + " to do with onMiss(tag), skipMisses() or onMissUse(value)", null);
        }
        output.emit(missOutput, timeMs, new Failure<>(stage, event, key, reason, null, 1));
    }
}
