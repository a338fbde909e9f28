package io.penstock.dag.step;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Output;

/** Takes the key of an event, and gives up the events that have none. */
final class Keyed {

    private Keyed() {}

    /** The key of an event of the first input, or null if the event was given up. */
    static <T, K> K keyOf(FunctionEx<? super T, ? extends K> keyFn, long timeMs, Object event, Output output) {
        return keyOf(keyFn, true, timeMs, event, output);
    }

    /** The key of an event of another input than the first, or null if the event was given up. */
    static <T, K> K keyOfOther(FunctionEx<? super T, ? extends K> keyFn, Object event, Output output) {
        return keyOf(keyFn, false, Batch.NO_TIME, event, output);
    }

    @SuppressWarnings("unchecked")
    private static <T, K> K keyOf(
            FunctionEx<? super T, ? extends K> keyFn, boolean isFirst, long timeMs, Object event, Output output) {
        Exception cause = null;
        try {
            K key = keyFn.applyEx((T) event);
            if (key != null) {
                return key;
            }
        } catch (Exception e) {
            cause = e;
        }
        String reason = cause == null ? "the key is null" : cause.getClass().getSimpleName() + " in the key function";
        if (isFirst) {
            output.fail(timeMs, event, null, reason, cause);
        } else {
            output.failOther(event, null, reason, cause);
        }
        return null;
    }
}
