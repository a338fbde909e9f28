package io.penstock.dag;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;

/** A {@link ToDoubleFunction} that is serializable and may throw. */
@FunctionalInterface
public interface ToDoubleFunctionEx<T> extends ToDoubleFunction<T>, Serializable {

    double applyAsDoubleEx(T t) throws Exception;

    @Override
    default double applyAsDouble(T t) {
        try {
            return applyAsDoubleEx(t);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
