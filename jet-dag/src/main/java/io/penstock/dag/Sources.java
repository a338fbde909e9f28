package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.GeneratorSource;
import java.util.List;
import java.util.Objects;

/** The usual {@link Source}s. */
public final class Sources {

    private Sources() {}

    /** These events, in this order, and then the end. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Source<T> items(T... items) {
        return collection(List.of(items));
    }

    /** The events of a list, in its order, and then the end. The list must be serializable and not change. */
    public static <T> Source<T> collection(List<? extends T> items) {
        List<T> copy = List.copyOf(items);
        int count = copy.size();
        return new Source<>(
                "items",
                generated("items", count, index -> copy.get((int) index)),
                1);
    }

    /**
     * The events 0 to {@code count - 1}, each made from its index, by all workers at once: of P instances, instance p
     * makes the events p, p + P, p + 2P, ...
     */
    public static <T> Source<T> generator(long count, LongFunctionEx<? extends T> eventFn) {
        Objects.requireNonNull(eventFn, "eventFn");
        if (count < 0) {
            throw new IllegalArgumentException("generator: count must not be negative, but is " + count);
        }
        return new Source<>(
                "generator",
                generated("generator", count, eventFn),
                StageNode.PLANNED);
    }

    private static <T> OperatorSpec generated(String kind, long count, LongFunctionEx<? extends T> eventFn) {
        return OperatorSpec.of(kind, () -> new GeneratorSource<T>(count, eventFn))
                .withRowForm(new RowForm.Generated(eventFn));
    }
}
