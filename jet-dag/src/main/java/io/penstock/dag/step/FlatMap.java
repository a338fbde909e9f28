package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Turns each event into any number of others; the host pulls them, so that few exist at once. */
public final class FlatMap<T, R> implements Operator, Emitter {

    private final FunctionEx<? super T, ? extends Traverser<? extends R>> flatMapFn;
    private Batch batch;
    private int row;
    private Traverser<? extends R> items;

    public FlatMap(FunctionEx<? super T, ? extends Traverser<? extends R>> flatMapFn) {
        this.flatMapFn = flatMapFn;
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        this.batch = batch;
        row = 0;
        output.emitFrom(this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean emitNext(Output output) {
        if (row == batch.size()) {
            batch = null;
            return false;
        }
        R item;
        try {
            if (items == null) {
                items = flatMapFn.applyEx((T) batch.event(row));
            }
            item = items == null ? null : items.next();
        } catch (Exception e) {
            output.fail(batch.timeMs(row), batch.event(row), null, e);
            item = null;
        }
        if (item != null) {
            output.emit(batch.timeMs(row), item);
        } else {
            items = null;
            row++;
        }
        return true;
    }
}
