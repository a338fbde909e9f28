package io.penstock.dag.call;

import io.penstock.dag.operator.AroundRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.StateEntry;
import java.util.Iterator;

/** An operator that leaves to another one all but what it is given and what that one emits. */
abstract class AroundOperator implements Operator, AroundRows {

    final Operator inner;

    AroundOperator(Operator inner) {
        this.inner = inner;
    }

    @Override
    public final Operator inner() {
        return inner;
    }

    @Override
    public boolean isCooperative() {
        return inner.isCooperative();
    }

    @Override
    public boolean forwardsWatermarks() {
        return inner.forwardsWatermarks();
    }

    @Override
    public boolean keepsRows() {
        return inner.keepsRows();
    }

    @Override
    public boolean namesRows() {
        return inner.namesRows();
    }

    @Override
    public long tickMs() {
        return inner.tickMs();
    }

    @Override
    public void open(OperatorContext context) throws Exception {
        inner.open(context);
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return inner.snapshot();
    }

    @Override
    public void restore(Object key, Object value) throws Exception {
        inner.restore(key, value);
    }

    @Override
    public void close() throws Exception {
        inner.close();
    }
}
