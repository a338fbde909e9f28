package io.penstock.dag;

import java.io.Serializable;
import java.util.function.Consumer;

/** A {@link Consumer} that is serializable and may throw. */
@FunctionalInterface
public interface ConsumerEx<T> extends Consumer<T>, Serializable {

    void acceptEx(T t) throws Exception;

    @Override
    default void accept(T t) {
        try {
            acceptEx(t);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
