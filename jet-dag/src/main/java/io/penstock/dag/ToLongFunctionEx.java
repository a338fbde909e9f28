package io.penstock.dag;

import java.io.Serializable;
import java.util.function.ToLongFunction;

/** A {@link ToLongFunction} that is serializable and may throw. */
@FunctionalInterface
public interface ToLongFunctionEx<T> extends ToLongFunction<T>, Serializable {

    long applyAsLongEx(T t) throws Exception;

    @Override
    default long applyAsLong(T t) {
        try {
            return applyAsLongEx(t);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
