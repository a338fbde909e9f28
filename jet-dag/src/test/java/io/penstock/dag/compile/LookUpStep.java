package io.penstock.dag.compile;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StageException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;

/** A look-up like that of the module {@code enrichment}, which depends on this one. */
final class LookUpStep<T, K, V, R> implements Operator, LookUpRows {

    /** A policy that no stage knows what to do with. */
    static final FailurePolicy THROWING = null;

    private static LookUpStep<?, ?, ?, ?> lastOpened;

    private final MapRef<K, V> ref;
    private final FunctionEx<? super T, ? extends K> keyFn;
    private final BiFunctionEx<? super T, ? super V, ? extends R> joinFn;
    private final FailurePolicy onMiss;
    private final V defaultValue;
    private LocalView<K, V> view;
    private LocalView.Reader<K, V> reader;
    private OperatorContext context;
    private StageCounter misses;

    private LookUpStep(
            MapRef<K, V> ref,
            FunctionEx<? super T, ? extends K> keyFn,
            BiFunctionEx<? super T, ? super V, ? extends R> joinFn,
            FailurePolicy onMiss,
            V defaultValue) {
        this.ref = ref;
        this.keyFn = keyFn;
        this.joinFn = joinFn;
        this.onMiss = onMiss;
        this.defaultValue = defaultValue;
    }

    /** @param defaultValue what stands for an entry that is missing, or null */
    static <T, K, V, R> OperatorSpec spec(
            MapRef<K, V> ref,
            FunctionEx<? super T, ? extends K> keyFn,
            BiFunctionEx<? super T, ? super V, ? extends R> joinFn,
            FailurePolicy onMiss,
            V defaultValue) {
        OperatorSpec spec = OperatorSpec.of(
                        "lookUp", () -> new LookUpStep<T, K, V, R>(ref, keyFn, joinFn, onMiss, defaultValue))
                .withRowForm(new RowForm.LookedUp(ref, keyFn, joinFn));
        return onMiss instanceof FailurePolicy.ToSideOutput side ? spec.withSideOutput(side.tag()) : spec;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        view = context.localView(ref);
        reader = view.reader();
        misses = context.counter("misses");
        lastOpened = this;
    }

    static LookUpStep<?, ?, ?, ?> lastOpened() {
        return lastOpened;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
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
            } else {
                join(timeMs, event, key, value, output);
            }
        }
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
    public void beginRows() {}

    @Override
    public void endRows(long rows) {}

    @Override
    public Object find(Object key) {
        V value = reader.get(key);
        return value != null ? value : instead();
    }

    @Override
    public Object findLong(long key) {
        V value = reader.getLong(key);
        return value != null ? value : instead();
    }

    private V instead() {
        misses.add(defaultValue != null ? 1 : 0);
        return defaultValue;
    }

    @Override
    public void findAll(Object[] keys, int count, Object[] values) {
        reader.getAll(keys, count, values);
        useInstead(count, values);
    }

    @Override
    public void findAllLongs(long[] keys, int count, Object[] values) {
        reader.getAll(keys, count, values);
        useInstead(count, values);
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
        return instead();
    }

    @Override
    public void missed(long timeMs, Object event, Object key, Output output) {
        misses.add(1);
        if (onMiss == THROWING) {
            throw new IllegalArgumentException("no policy");
        } else if (onMiss instanceof FailurePolicy.FailJob) {
            throw new StageException(context.stage(), "no entry", null);
        } else if (onMiss instanceof FailurePolicy.ToSideOutput side) {
            output.emit(context.output(side.tag()), timeMs,
                    new Failure<>(context.stage(), event, key, "no entry", null, 1));
        }
    }

    /** Lets a test make look-ups fail. */
    void closeView() {
        view.close();
    }

    @Override
    public void close() {
        if (view != null) {
            view.close();
        }
    }

    static FailurePolicy toSideOutput(Tag<? extends Failure<?>> tag) {
        return new FailurePolicy.ToSideOutput(tag);
    }
}
