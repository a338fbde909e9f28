package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.WrittenRows;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.CarriedGrid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a key and a value made of each event into a grid map.
 *
 * <p>On a cluster a put waits for its owner, so the rows of a batch are put together: one call instead of some hundred.
 * Of those that have the same key only the last one is written, which is what the others would leave behind. If that
 * fails, they are put one by one, so that the row that cannot be put is the one that is given up.
 */
public final class MapSink<T, K, V> implements Operator, WrittenRows {

    /** From so many entries on, one call for all takes no longer than one for each, as measured. */
    private static final int TOGETHER_MIN = 4;

    private record Written<K, V>(int row, K key, V value) {}

    private final MapRef<K, V> ref;
    private final FunctionEx<? super T, ? extends K> keyFn;
    private final FunctionEx<? super T, ? extends V> valueFn;
    /** The rows of a batch; on a cluster, and empty between two batches. */
    private final List<Written<K, V>> written = new ArrayList<>();
    private GridMap<K, V> map;
    private boolean isOnCluster;

    public MapSink(
            MapRef<K, V> ref, FunctionEx<? super T, ? extends K> keyFn, FunctionEx<? super T, ? extends V> valueFn) {
        this.ref = ref;
        this.keyFn = keyFn;
        this.valueFn = valueFn;
    }

    /** Known when it is open. */
    @Override
    public boolean isCooperative() {
        return !isOnCluster;
    }

    @Override
    public void open(OperatorContext context) {
        map = context.grid().map(ref);
        isOnCluster = CarriedGrid.isOnCluster(context.grid());
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        if (isOnCluster) {
            putTogether(batch, output);
            return;
        }
        for (int row = 0; row < batch.size(); row++) {
            T event = event(batch, row);
            try {
                map.put(keyFn.applyEx(event), valueFn.applyEx(event));
            } catch (Exception e) {
                output.fail(batch.timeMs(row), event, null, e);
            }
        }
    }

    private void putTogether(Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            T event = event(batch, row);
            try {
                written.add(new Written<>(row, keyFn.applyEx(event), valueFn.applyEx(event)));
            } catch (Exception e) {
                output.fail(batch.timeMs(row), event, null, e);
            }
        }
        try {
            Map<K, V> entries = new LinkedHashMap<>();
            written.forEach(row -> entries.put(row.key, row.value));
            if (entries.size() < TOGETHER_MIN) {
                entries.forEach(map::put);
            } else {
                map.putAll(entries);
            }
        } catch (RuntimeException e) {
            if (isOfTheGrid(e) && !isOutcomeUnknown(e)) {
                throw e;
            }
            putEach(batch, output);
        } finally {
            written.clear();
        }
    }

    /** Once more: what was written already is written again, which changes nothing. */
    private void putEach(Batch batch, Output output) {
        for (Written<K, V> row : written) {
            try {
                map.put(row.key, row.value);
            } catch (RuntimeException e) {
                if (isOfTheGrid(e)) {
                    throw e;
                }
                output.fail(batch.timeMs(row.row), batch.event(row.row), null, e);
            }
        }
    }

    /** Whether a failure has nothing to do with the row, which then is not to be given up. */
    private static boolean isOfTheGrid(RuntimeException failure) {
        return failure instanceof GridException ofGrid && switch (ofGrid.code()) {
            case CLOSED, UNAVAILABLE, OUTCOME_UNKNOWN, OVERLOADED -> true;
            default -> false;
        };
    }

    private static boolean isOutcomeUnknown(RuntimeException failure) {
        return ((GridException) failure).code() == GridException.Code.OUTCOME_UNKNOWN;
    }

    @SuppressWarnings("unchecked")
    private T event(Batch batch, int row) {
        return (T) batch.event(row);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(Object key, Object value) {
        map.put((K) key, (V) value);
    }
}
