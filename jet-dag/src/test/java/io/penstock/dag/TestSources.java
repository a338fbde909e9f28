package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.SourceOperator;

/** Lets tests of other packages make sources of their own operators. */
public final class TestSources {

    private TestSources() {}

    public static <T> Source<T> of(String name, int parallelism, SupplierEx<? extends SourceOperator> supplier) {
        return new Source<>(name, OperatorSpec.of(name, supplier), parallelism);
    }
}
