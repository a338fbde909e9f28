package io.penstock.dag.plan;

import io.penstock.dag.operator.OperatorSpec;
import java.io.Serializable;
import java.util.List;

/**
 * A stage of the logical plan, or a part of one.
 *
 * @param name unique in its plan
 * @param userStage the name of the user's stage that this is, or is a part of; it stands in metrics and messages
 * @param part which part of it
 * @param calledAt the line of the user's code that added the stage
 * @param parallelism how many instances a source wants, or {@link #PLANNED}
 * @param isBatched whether the stage looks keys up, or writes to a map, a batch at a time: a loop begins with such a
 *     look-up, and such a sink is part of none
 * @param lookUpPlace where the stage looks keys up on a cluster; null anywhere else, and if it looks nothing up
 */
public record StageNode(
        String name,
        String userStage,
        Part part,
        String calledAt,
        OperatorSpec spec,
        List<StageInput> inputs,
        int parallelism,
        boolean isBatched,
        LookUpPlace lookUpPlace)
        implements Serializable {

    /** The planner decides. */
    public static final int PLANNED = 0;

    /** What of the user's stage a node is. */
    public enum Part {
        WHOLE,
        /** Before the exchange. */
        FIRST,
        /** After the exchange. */
        SECOND
    }

    public StageNode {
        inputs = List.copyOf(inputs);
    }

    /** A stage as the user added it. */
    public StageNode(String name, String calledAt, OperatorSpec spec, List<StageInput> inputs, int parallelism) {
        this(name, name, Part.WHOLE, calledAt, spec, inputs, parallelism, false, null);
    }

    public StageNode withInputs(List<StageInput> others) {
        return new StageNode(name, userStage, part, calledAt, spec, others, parallelism, isBatched, lookUpPlace);
    }

    public StageNode withSpec(OperatorSpec other) {
        return new StageNode(name, userStage, part, calledAt, other, inputs, parallelism, isBatched, lookUpPlace);
    }

    StageNode batched() {
        return new StageNode(name, userStage, part, calledAt, spec, inputs, parallelism, true, lookUpPlace);
    }

    StageNode withLookUpPlace(LookUpPlace place) {
        return new StageNode(name, userStage, part, calledAt, spec, inputs, parallelism, isBatched, place);
    }

    /** The part of this stage that runs before the exchange. */
    StageNode firstPart(String partName) {
        List<StageInput> unkeyed = inputs.stream()
                .map(input -> new StageInput(input.from(), input.output(), null))
                .toList();
        return new StageNode(
                partName, userStage, Part.FIRST, calledAt, spec.firstHalf(), unkeyed, parallelism, isBatched, null);
    }

    /** The part of this stage that runs after the exchange, and reads from the first. */
    StageNode secondPart(String firstPart) {
        List<StageInput> fromFirst = List.of(new StageInput(firstPart, 0, spec.firstStep().keyFn()));
        return new StageNode(
                name, userStage, Part.SECOND, calledAt, spec.secondHalf(), fromFirst, parallelism, isBatched, null);
    }

    public boolean isSource() {
        return inputs.isEmpty();
    }

    /** Whether the stage keeps its state by key; one whose rows go to the keys that they look up keeps none. */
    public boolean isKeyed() {
        return lookUpPlace == null && inputs.stream().anyMatch(input -> input.keyFn() != null);
    }

    /** Whether rows must find the instance that owns their key. */
    public boolean isExchanged() {
        return inputs.stream().anyMatch(StageInput::isExchanged);
    }
}
