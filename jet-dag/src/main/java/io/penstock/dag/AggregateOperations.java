package io.penstock.dag;

/** The usual {@link AggregateOperation}s. */
public final class AggregateOperations {

    private AggregateOperations() {}

    /** The number of events. */
    public static <T> AggregateOperation<T, long[], Long> counting() {
        return summingLong(event -> 1);
    }

    /** The sum of a number of each event; wraps around on overflow. */
    public static <T> AggregateOperation<T, long[], Long> summingLong(ToLongFunctionEx<? super T> valueFn) {
        return new AggregateOperation<>(
                () -> new long[1],
                (sum, event) -> sum[0] += valueFn.applyAsLong(event),
                (sum, other) -> sum[0] += other[0],
                sum -> sum[0]);
    }

    /** The sum of a number of each event; how it is rounded depends on the order of the events. */
    public static <T> AggregateOperation<T, double[], Double> summingDouble(ToDoubleFunctionEx<? super T> valueFn) {
        return new AggregateOperation<>(
                () -> new double[1],
                (sum, event) -> sum[0] += valueFn.applyAsDouble(event),
                (sum, other) -> sum[0] += other[0],
                sum -> sum[0]);
    }

    /** The mean of a number of each event; NaN when there is none. */
    public static <T> AggregateOperation<T, double[], Double> averagingDouble(ToDoubleFunctionEx<? super T> valueFn) {
        return new AggregateOperation<>(
                () -> new double[2],
                (sumAndCount, event) -> {
                    sumAndCount[0] += valueFn.applyAsDouble(event);
                    sumAndCount[1]++;
                },
                (sumAndCount, other) -> {
                    sumAndCount[0] += other[0];
                    sumAndCount[1] += other[1];
                },
                sumAndCount -> sumAndCount[0] / sumAndCount[1]);
    }
}
