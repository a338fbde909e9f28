package io.penstock.enrich.lookup;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StageException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;

/**
 * Joins each event with a value of a grid map, found in the map's local view. Keeps nothing: what the map holds when the
 * event passes counts.
 */
public final class MapLookup<T, K, V, R> implements Operator, LookUpRows {

    private final MapRef<K, V> ref;
    private final FunctionEx<? super T, ? extends K> keyFn;
    private final BiFunctionEx<? super T, ? super V, ? extends R> joinFn;
    private final MissPolicy onMiss;
    private final V defaultValue;
    private LocalView<K, V> view;
    private LocalView.Reader<K, V> reader;
    private LocalView.Pass<V> pass;
    private long notFoundCount;
    private long keylessCount;
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
        view = context.localView(ref);
        reader = view.reader();
        stage = context.stage();
        misses = context.counter("misses");
        if (onMiss instanceof MissPolicy.ToSideOutput side) {
            missOutput = context.output(side.tag());
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        beginRows();
        for (int row = 0; row < batch.size(); row++) {
            T event = (T) batch.event(row);
            long timeMs = batch.timeMs(row);
            K key;
            try {
                key = keyFn.applyEx(event);
            } catch (Exception e) {
                output.fail(timeMs, event, null, e);
                continue;
            }
            V value = (V) (key == null ? findWithoutKey() : find(key));
            if (value == null) {
                missed(timeMs, event, key, output);
                continue;
            }
            join(timeMs, event, key, value, output);
        }
        endRows(batch.size());
    }

    @Override
    public void beginRows() {
        pass = reader.pass();
    }

    @Override
    public void endRows(long rows) {
        reader.count(rows - notFoundCount - keylessCount, notFoundCount);
        notFoundCount = 0;
        keylessCount = 0;
    }

    private void join(long timeMs, T event, Object key, V value, Output output) {
        R result;
        try {
            result = joinFn.applyEx(event, value);
        } catch (Exception e) {
            output.fail(timeMs, event, key, e);
            return;
        }
        if (result != null) {
            output.emit(timeMs, result);
        }
    }

    @Override
    public Object find(Object key) {
        return found(pass.get(key));
    }

    @Override
    public Object findLong(long key) {
        return found(pass.getLong(key));
    }

    private Object found(V value) {
        if (value != null) {
            return value;
        }
        notFoundCount++;
        return instead();
    }

    /** The value for a key that is missing, or null if there is none; then {@link #missed} follows. */
    private V instead() {
        if (defaultValue != null) {
            misses.add(1);
        }
        return defaultValue;
    }

    @Override
    public void findAll(Object[] keys, int count, Object[] values) {
        if (reader.getAll(keys, count, values) < count) {
            useInstead(count, values);
        }
    }

    @Override
    public void findAllLongs(long[] keys, int count, Object[] values) {
        if (reader.getAll(keys, count, values) < count) {
            useInstead(count, values);
        }
    }

    private void useInstead(int count, Object[] values) {
        for (int i = 0; i < count; i++) {
            if (values[i] == null) {
                values[i] = instead();
            }
        }
    }

    @Override
    public Object findWithoutKey() {
        keylessCount++;
        return instead();
    }

    @Override
    public void missed(long timeMs, Object event, Object key, Output output) {
        misses.add(1);
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

    @Override
    public void close() {
        if (view != null) {
            view.close();
        }
    }
}
