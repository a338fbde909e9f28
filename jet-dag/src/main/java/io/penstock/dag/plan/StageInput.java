package io.penstock.dag.plan;

import io.penstock.dag.FunctionEx;
import java.io.Serializable;

/**
 * Where a stage's rows come from.
 *
 * @param from the name of the upstream stage
 * @param output the ordinal of that stage's output
 * @param keyFn the key by which the stage keeps its state, or that rows look up where it is; null if neither
 * @param isExchanged whether rows must find the instance that owns their key, rather than stay where they are
 */
public record StageInput(String from, int output, FunctionEx<Object, ?> keyFn, boolean isExchanged)
        implements Serializable {

    /** An input as the user declared it: exchanged if it is keyed. */
    public StageInput(String from, int output, FunctionEx<Object, ?> keyFn) {
        this(from, output, keyFn, keyFn != null);
    }

    /** The same input for a place where rows may stay where they are. */
    public StageInput withoutExchange() {
        return new StageInput(from, output, keyFn, false);
    }
}
