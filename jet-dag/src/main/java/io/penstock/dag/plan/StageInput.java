package io.penstock.dag.plan;

import io.penstock.dag.FunctionEx;
import java.io.Serializable;

/**
 * Where a stage's rows come from.
 *
 * @param from the name of the upstream stage
 * @param output the ordinal of that stage's output
 * @param keyFn the key by which rows find their instance; null if they may stay where they are
 */
public record StageInput(String from, int output, FunctionEx<Object, ?> keyFn) implements Serializable {

    public boolean isKeyed() {
        return keyFn != null;
    }
}
