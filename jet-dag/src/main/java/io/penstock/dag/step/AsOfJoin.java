package io.penstock.dag.step;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.ComparatorEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.Tag;
import io.penstock.dag.TriFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Joins events (input 0) with state made of the facts (input 1, if there is one) of the same key, in the order of
 * event time: holds all rows back until the watermark has passed their time, then takes them by time, facts before
 * events, events of one time as the order given says, and else as they came. So results are independent of the order
 * of arrival, and leave an instance in the order of time.
 */
public final class AsOfJoin<T, U, K, S, R> implements Operator, Emitter {

    /**
     * What the user gave.
     *
     * @param factKeyFn null if there is no second input, as is {@code accumulateFn}
     * @param order decides between events of the same time; null for the order of arrival
     */
    public record Functions<T, U, K, S, R>(
            FunctionEx<? super T, ? extends K> eventKeyFn,
            FunctionEx<? super U, ? extends K> factKeyFn,
            SupplierEx<? extends S> createFn,
            BiConsumerEx<? super S, ? super U> accumulateFn,
            TriFunctionEx<? super S, ? super K, ? super T, ? extends R> joinFn,
            ComparatorEx<? super T> order) {}

    private record Row<K>(long timeMs, boolean isFact, long arrival, K key, Object event) implements Serializable {}

    private record Saved<K>(KeyedState.Saved state, ArrayList<Row<K>> waiting) implements Serializable {}

    private final Functions<T, U, K, S, R> functions;
    private final Tag<?> onLate;
    private final KeyedState<K, S> states;
    private final PriorityQueue<Row<K>> waiting;
    private OperatorContext context;
    private LateEvents late;
    private long arrivals;

    /** @param onLate the side output for late events, or null */
    public AsOfJoin(Functions<T, U, K, S, R> functions, long ttlMs, Tag<?> onLate) {
        this.functions = functions;
        this.onLate = onLate;
        states = new KeyedState<>(functions.createFn, ttlMs);
        waiting = new PriorityQueue<>(rowOrder(functions.order));
    }

    @SuppressWarnings("unchecked")
    private static <T, K> Comparator<Row<K>> rowOrder(ComparatorEx<? super T> order) {
        return (a, b) -> {
            if (a.timeMs != b.timeMs) {
                return a.timeMs < b.timeMs ? -1 : 1;
            }
            if (a.isFact != b.isFact) {
                return a.isFact ? -1 : 1;
            }
            int byOrder = order == null || a.isFact ? 0 : order.compare((T) a.event, (T) b.event);
            return byOrder != 0 ? byOrder : Long.compare(a.arrival, b.arrival);
        };
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
        boolean isFact = input == 1;
        long watermarkMs = context.watermarkMs();
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            long timeMs = batch.timeMs(row);
            K key = isFact
                    ? Keyed.<U, K>keyOfOther(functions.factKeyFn, event, output)
                    : Keyed.<T, K>keyOf(functions.eventKeyFn, timeMs, event, output);
            if (key == null) {
                continue;
            }
            if (timeMs >= watermarkMs) {
                waiting.add(new Row<>(timeMs, isFact, arrivals++, key, event));
            } else if (isFact) {
                late.takeOther();
            } else {
                late.take(timeMs, event, key, watermarkMs, output);
            }
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        output.emitFrom(this);
    }

    @Override
    public boolean emitNext(Output output) {
        long watermarkMs = context.watermarkMs();
        Row<K> row = waiting.peek();
        if (row == null || row.timeMs >= watermarkMs) {
            states.forgetUnused(watermarkMs);
            return false;
        }
        waiting.remove();
        states.forgetUnused(row.timeMs);
        if (row.isFact) {
            accumulate(row, output);
        } else {
            join(row, output);
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private void accumulate(Row<K> row, Output output) {
        try {
            functions.accumulateFn.acceptEx(states.use(row.key, row.timeMs), (U) row.event);
        } catch (Exception e) {
            output.failOther(row.event, row.key, e.getClass().getSimpleName() + " in the stage's function", e);
        }
    }

    @SuppressWarnings("unchecked")
    private void join(Row<K> row, Output output) {
        R result;
        try {
            result = functions.joinFn.applyEx(states.use(row.key, row.timeMs), row.key, (T) row.event);
        } catch (Exception e) {
            output.fail(row.timeMs, row.event, row.key, e);
            return;
        }
        if (result != null) {
            output.emit(row.timeMs, result);
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        Map<K, ArrayList<Row<K>>> rows = new HashMap<>();
        for (Row<K> row : waiting) {
            rows.computeIfAbsent(row.key, ignored -> new ArrayList<>()).add(row);
        }
        List<StateEntry> entries = new ArrayList<>();
        states.snapshot().forEachRemaining(entry -> {
            ArrayList<Row<K>> ofKey = rows.remove(entry.key());
            entries.add(new StateEntry(
                    entry.key(),
                    new Saved<>((KeyedState.Saved) entry.value(), ofKey == null ? new ArrayList<>() : ofKey)));
        });
        rows.forEach((key, ofKey) -> entries.add(new StateEntry(key, new Saved<>(null, ofKey))));
        return Collections.unmodifiableList(entries).iterator();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object key, Object value) {
        Saved<K> saved = (Saved<K>) value;
        if (saved.state != null) {
            states.restore((K) key, saved.state);
        }
        saved.waiting.sort(Comparator.comparingLong(Row::arrival));
        for (Row<K> row : saved.waiting) {
            waiting.add(new Row<>(row.timeMs, row.isFact, arrivals++, row.key, row.event));
        }
    }
}
