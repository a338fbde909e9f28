package io.penstock.dag;

import java.io.Serializable;
import java.util.function.LongFunction;

/** A {@link LongFunction} that is serializable and may throw. */
@FunctionalInterface
public interface LongFunctionEx<R> extends LongFunction<R>, Serializable {

    R applyEx(long value) throws Exception;

    @Override
    default R apply(long value) {
        try {
            return applyEx(value);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
