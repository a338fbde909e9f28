package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import java.io.Serializable;

/** What the first step of a window has accumulated for a key and a window, on its way to the second. */
public record Partial(Object key, long endMs, Object accumulator) implements Serializable {

    /** The key of a partial result, or of an event that the first step has passed on. */
    public static <T> FunctionEx<Object, Object> keyFn(FunctionEx<? super T, ?> eventKeyFn) {
        return new OfPartialOrEvent<>(eventKeyFn);
    }

    private record OfPartialOrEvent<T>(FunctionEx<? super T, ?> eventKeyFn) implements FunctionEx<Object, Object> {
        @Override
        @SuppressWarnings("unchecked")
        public Object applyEx(Object row) throws Exception {
            return row instanceof Partial partial ? partial.key : eventKeyFn.applyEx((T) row);
        }
    }
}
