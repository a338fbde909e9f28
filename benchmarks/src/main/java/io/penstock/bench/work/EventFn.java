package io.penstock.bench.work;

import java.io.Serializable;

/** Makes an event from its index, or finds it there. */
@FunctionalInterface
public interface EventFn<T> extends Serializable {

    T of(long index);
}
