package io.penstock.dag.call;

import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Operator;

/** Where a pipeline answers. */
public record ReplySpec() implements SupplierEx<Operator> {

    @Override
    public Operator getEx() {
        return new ReplySink();
    }
}
