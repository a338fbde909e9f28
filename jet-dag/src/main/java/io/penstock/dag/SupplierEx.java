package io.penstock.dag;

import java.io.Serializable;
import java.util.function.Supplier;

/** A {@link Supplier} that is serializable and may throw. */
@FunctionalInterface
public interface SupplierEx<T> extends Supplier<T>, Serializable {

    T getEx() throws Exception;

    @Override
    default T get() {
        try {
            return getEx();
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
