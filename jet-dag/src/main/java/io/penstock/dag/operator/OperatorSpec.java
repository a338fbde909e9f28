package io.penstock.dag.operator;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.Guarantee;
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
 * @param rowForm what the step does with a row, if a compiler can understand it; null if only the operator knows
 * @param firstStep how the step can begin before rows are exchanged by key; null if it cannot
 * @param guarantee the best that the step can give to the job: of a source, by what it can read again; of a sink, by
 *     what a repeated write does
 */
public record OperatorSpec(
        String kind,
        SupplierEx<? extends Operator> supplier,
        List<Tag<?>> sideOutputs,
        FailurePolicy onFailure,
        boolean needsTimestamps,
        RowForm rowForm,
        FirstStep firstStep,
        Guarantee guarantee)
        implements Serializable {

    /**
     * The half of a step that runs before the exchange.
     *
     * @param spec the first half; it has the side outputs and the policy of the whole
     * @param keyFn the key of what the first half sends to the second, which is the step itself
     */
    public record FirstStep(OperatorSpec spec, FunctionEx<Object, ?> keyFn) implements Serializable {}

    public OperatorSpec {
        sideOutputs = List.copyOf(sideOutputs);
    }

    /** A step without side outputs that fails the job on a failure, does not need timestamps, and keeps every guarantee. */
    public static OperatorSpec of(String kind, SupplierEx<? extends Operator> supplier) {
        return new OperatorSpec(kind, supplier, List.of(), new FailurePolicy.FailJob(), false, null, null,
                Guarantee.EXACTLY_ONCE);
    }

    /** The same step with one more side output; one that it has already is not added again. */
    public OperatorSpec withSideOutput(Tag<?> tag) {
        if (sideOutputs.contains(tag)) {
            return this;
        }
        List<Tag<?>> tags = new ArrayList<>(sideOutputs);
        tags.add(tag);
        return new OperatorSpec(kind, supplier, tags, onFailure, needsTimestamps, rowForm, firstStep, guarantee);
    }

    /** The same step with another policy, and with the side output that the policy names. */
    public OperatorSpec withOnFailure(FailurePolicy policy) {
        OperatorSpec changed = new OperatorSpec(
                kind, supplier, sideOutputs, policy, needsTimestamps, rowForm, firstStep, guarantee);
        return policy instanceof FailurePolicy.ToSideOutput side ? changed.withSideOutput(side.tag()) : changed;
    }

    /** The same step, made in another way, of which only the operator knows. */
    public OperatorSpec withSupplier(SupplierEx<? extends Operator> other) {
        return new OperatorSpec(kind, other, sideOutputs, onFailure, needsTimestamps, null, null, guarantee);
    }

    /** The same step, refused on a stage without timestamps. */
    public OperatorSpec withTimestampsNeeded() {
        return new OperatorSpec(kind, supplier, sideOutputs, onFailure, true, rowForm, firstStep, guarantee);
    }

    /** The same step, which does with each row what the form says. */
    public OperatorSpec withRowForm(RowForm form) {
        return new OperatorSpec(kind, supplier, sideOutputs, onFailure, needsTimestamps, form, firstStep, guarantee);
    }

    /** The same step, which can begin before the exchange. */
    public OperatorSpec withFirstStep(FirstStep first) {
        return new OperatorSpec(kind, supplier, sideOutputs, onFailure, needsTimestamps, rowForm, first, guarantee);
    }

    /** The same step, which can give no better guarantee than this one. */
    public OperatorSpec withGuarantee(Guarantee best) {
        return new OperatorSpec(
                kind, supplier, sideOutputs, onFailure, needsTimestamps, rowForm, firstStep, best);
    }

    /** The first half of this step, with its side outputs and its policy. */
    public OperatorSpec firstHalf() {
        OperatorSpec half = firstStep.spec;
        return new OperatorSpec(half.kind, half.supplier, sideOutputs, onFailure, false, half.rowForm, null, guarantee);
    }

    /** The second half of this step, which takes what the first sends. */
    public OperatorSpec secondHalf() {
        return new OperatorSpec(kind, supplier, sideOutputs, onFailure, needsTimestamps, null, null, guarantee);
    }
}
