package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;

/**
 * Where events come from; see {@link Sources} and {@link SourceBuilder}.
 *
 * @param <T> the type of the events
 */
public final class Source<T> {

    private final String name;
    private final OperatorSpec spec;
    private final int parallelism;

    Source(String name, OperatorSpec spec, int parallelism) {
        this.name = name;
        this.spec = spec;
        this.parallelism = parallelism;
    }

    String name() {
        return name;
    }

    OperatorSpec spec() {
        return spec;
    }

    int parallelism() {
        return parallelism;
    }
}
