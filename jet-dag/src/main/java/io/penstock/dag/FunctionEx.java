package io.penstock.dag;

import java.io.Serializable;
import java.util.function.Function;

/** A {@link Function} that is serializable and may throw. */
@FunctionalInterface
public interface FunctionEx<T, R> extends Function<T, R>, Serializable {

    R applyEx(T t) throws Exception;

    @Override
    default R apply(T t) {
        try {
            return applyEx(t);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
