package io.penstock.dag.call;

import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Operator;

/** The calls of a pipeline that is not served yet. */
public record CallsSpec(Class<?> type) implements SupplierEx<Operator> {

    @Override
    public Operator getEx() {
        throw new IllegalStateException("calls have no operator before their pipeline is served");
    }
}
