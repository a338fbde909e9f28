package io.penstock.dag.operator;

import io.penstock.dag.SupplierEx;
import io.penstock.dag.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stage makes its operators; travels to wherever the job runs.
 *
 * @param kind what the step is, in a word, such as {@code map}; the stage's name unless the user gives one
 * @param supplier makes one operator per instance
 * @param sideOutputs the side outputs, with the ordinals 1, 2, ...
 * @param onFailure what happens to a row that the operator gives up
 * @param needsTimestamps whether the step makes no sense without event times
 */
public record OperatorSpec(
        String kind,
        SupplierEx<? extends Operator> supplier,
        List<Tag<?>> sideOutputs,
        FailurePolicy onFailure,
        boolean needsTimestamps)
        implements Serializable {

    public OperatorSpec {
        sideOutputs = List.copyOf(sideOutputs);
    }

    /** A step without side outputs that fails the job on a failure and does not need timestamps. */
    public static OperatorSpec of(String kind, SupplierEx<? extends Operator> supplier) {
        return new OperatorSpec(kind, supplier, List.of(), new FailurePolicy.FailJob(), false);
    }

    /** The same step with one more side output; one that it has already is not added again. */
    public OperatorSpec withSideOutput(Tag<?> tag) {
        if (sideOutputs.contains(tag)) {
            return this;
        }
        List<Tag<?>> tags = new ArrayList<>(sideOutputs);
        tags.add(tag);
        return new OperatorSpec(kind, supplier, tags, onFailure, needsTimestamps);
    }

    /** The same step with another policy, and with the side output that the policy names. */
    public OperatorSpec withOnFailure(FailurePolicy policy) {
        OperatorSpec changed = new OperatorSpec(kind, supplier, sideOutputs, policy, needsTimestamps);
        return policy instanceof FailurePolicy.ToSideOutput side ? changed.withSideOutput(side.tag()) : changed;
    }

    /** The same step, made in another way. */
    public OperatorSpec withSupplier(SupplierEx<? extends Operator> other) {
        return new OperatorSpec(kind, other, sideOutputs, onFailure, needsTimestamps);
    }

    /** The same step, refused on a stage without timestamps. */
    public OperatorSpec withTimestampsNeeded() {
        return new OperatorSpec(kind, supplier, sideOutputs, onFailure, true);
    }
}
