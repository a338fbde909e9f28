package io.penstock.dag;

import java.util.Iterator;

/**
 * A sequence from which one item after the other is taken; what {@code flatMap} asks of its function.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface Traverser<T> {

    /** The next item, or null when there is none left. */
    T next();

    @SafeVarargs
    static <T> Traverser<T> of(T... items) {
        return new Traverser<>() {
            private int index;

            @Override
            public T next() {
                return index < items.length ? items[index++] : null;
            }
        };
    }

    static <T> Traverser<T> over(Iterable<? extends T> items) {
        Iterator<? extends T> iterator = items.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }
}
