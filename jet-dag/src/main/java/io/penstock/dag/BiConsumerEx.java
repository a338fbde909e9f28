package io.penstock.dag;

import java.io.Serializable;
import java.util.function.BiConsumer;

/** A {@link BiConsumer} that is serializable and may throw. */
@FunctionalInterface
public interface BiConsumerEx<T, U> extends BiConsumer<T, U>, Serializable {

    void acceptEx(T t, U u) throws Exception;

    @Override
    default void accept(T t, U u) {
        try {
            acceptEx(t, u);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
