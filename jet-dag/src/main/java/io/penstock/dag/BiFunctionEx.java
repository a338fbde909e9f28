package io.penstock.dag;

import java.io.Serializable;
import java.util.function.BiFunction;

/** A {@link BiFunction} that is serializable and may throw. */
@FunctionalInterface
public interface BiFunctionEx<T, U, R> extends BiFunction<T, U, R>, Serializable {

    R applyEx(T t, U u) throws Exception;

    @Override
    default R apply(T t, U u) {
        try {
            return applyEx(t, u);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
