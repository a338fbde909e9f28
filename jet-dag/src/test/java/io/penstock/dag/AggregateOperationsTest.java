package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateOperationsTest {

    @Test
    void countsEvents() {
        assertEquals(3L, inTwoParts(AggregateOperations.counting(), List.of("a"), List.of("b", "c")));
    }

    @Test
    void sumsLongs() {
        assertEquals(6L, inTwoParts(AggregateOperations.summingLong(Long::longValue), List.of(1L), List.of(2L, 3L)));
    }

    @Test
    void sumsDoubles() {
        assertEquals(
                2.5,
                inTwoParts(AggregateOperations.summingDouble(Double::doubleValue), List.of(0.25), List.of(0.5, 1.75)));
    }

    @Test
    void averagesDoubles() {
        assertEquals(
                2.0,
                inTwoParts(AggregateOperations.averagingDouble(Double::doubleValue), List.of(3.0), List.of(1.0, 2.0)));
    }

    /** Aggregates both parts apart and then together, as is done before and after an exchange. */
    private static <T, A, R> R inTwoParts(AggregateOperation<T, A, R> operation, List<T> first, List<T> second) {
        A total = accumulate(operation, first);
        operation.combineFn().accept(total, accumulate(operation, second));
        return operation.exportFn().apply(total);
    }

    private static <T, A, R> A accumulate(AggregateOperation<T, A, R> operation, List<T> events) {
        A accumulator = operation.createFn().get();
        events.forEach(event -> operation.accumulateFn().accept(accumulator, event));
        return accumulator;
    }
}
