package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;

/**
 * Where events go; see {@link Sinks}.
 *
 * @param <T> the type of the events
 */
public final class Sink<T> {

    private final String name;
    private final OperatorSpec spec;

    Sink(String name, OperatorSpec spec) {
        this.name = name;
        this.spec = spec;
    }

    /** The same sink under a name of the user's. */
    public Sink<T> named(String name) {
        return new Sink<>(name, spec);
    }

    String name() {
        return name;
    }

    OperatorSpec spec() {
        return spec;
    }
}
