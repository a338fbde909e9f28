package io.penstock.dag;

import java.io.Serializable;
import java.util.Comparator;

/** A {@link Comparator} that is serializable and may throw. */
@FunctionalInterface
public interface ComparatorEx<T> extends Comparator<T>, Serializable {

    int compareEx(T left, T right) throws Exception;

    @Override
    default int compare(T left, T right) {
        try {
            return compareEx(left, right);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
