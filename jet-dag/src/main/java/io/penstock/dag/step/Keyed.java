package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Output;

/** Takes the key of an event, and gives up the events that have none. */
final class Keyed {

    private Keyed() {}

    /** The event's key, or null if the event was given up. */
    @SuppressWarnings("unchecked")
    static <T, K> K keyOf(FunctionEx<? super T, ? extends K> keyFn, long timeMs, Object event, Output output) {
        K key;
        try {
            key = keyFn.applyEx((T) event);
        } catch (Exception e) {
            output.fail(timeMs, event, null, e.getClass().getSimpleName() + " in the key function", e);
            return null;
        }
        if (key == null) {
            output.fail(timeMs, event, null, "the key is null", null);
        }
        return key;
    }
}
