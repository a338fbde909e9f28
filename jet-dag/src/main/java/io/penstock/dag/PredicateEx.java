package io.penstock.dag;

import java.io.Serializable;
import java.util.function.Predicate;

/** A {@link Predicate} that is serializable and may throw. */
@FunctionalInterface
public interface PredicateEx<T> extends Predicate<T>, Serializable {

    boolean testEx(T t) throws Exception;

    @Override
    default boolean test(T t) {
        try {
            return testEx(t);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
