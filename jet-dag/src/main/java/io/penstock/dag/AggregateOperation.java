package io.penstock.dag;

import java.io.Serializable;
import java.util.Objects;

/**
 * How many events become one result.
 *
 * @param createFn makes an empty accumulator, which must be serializable
 * @param accumulateFn adds an event to an accumulator
 * @param combineFn adds the second accumulator to the first
 * @param exportFn makes the result; leaves the accumulator as it is
 * @param <T> the type of the events
 * @param <A> the type of the accumulator
 * @param <R> the type of the result
 */
public record AggregateOperation<T, A, R>(
        SupplierEx<? extends A> createFn,
        BiConsumerEx<? super A, ? super T> accumulateFn,
        BiConsumerEx<? super A, ? super A> combineFn,
        FunctionEx<? super A, ? extends R> exportFn)
        implements Serializable {

    public AggregateOperation {
        Objects.requireNonNull(createFn, "createFn");
        Objects.requireNonNull(accumulateFn, "accumulateFn");
        Objects.requireNonNull(combineFn, "combineFn");
        Objects.requireNonNull(exportFn, "exportFn");
    }
}
