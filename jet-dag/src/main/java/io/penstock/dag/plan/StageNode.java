package io.penstock.dag.plan;

import io.penstock.dag.operator.OperatorSpec;
import java.io.Serializable;
import java.util.List;

/**
 * A stage of the logical plan.
 *
 * @param name unique in its plan
 * @param calledAt the line of the user's code that added the stage
 * @param parallelism how many instances a source wants, or {@link #PLANNED}
 */
public record StageNode(String name, String calledAt, OperatorSpec spec, List<StageInput> inputs, int parallelism)
        implements Serializable {

    /** The planner decides. */
    public static final int PLANNED = 0;

    public StageNode {
        inputs = List.copyOf(inputs);
    }

    public boolean isSource() {
        return inputs.isEmpty();
    }

    /** Whether the stage keeps its state by key. */
    public boolean isKeyed() {
        return inputs.stream().anyMatch(input -> input.keyFn() != null);
    }

    /** Whether rows must find the instance that owns their key. */
    public boolean isExchanged() {
        return inputs.stream().anyMatch(StageInput::isExchanged);
    }
}
