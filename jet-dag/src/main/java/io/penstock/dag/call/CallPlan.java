package io.penstock.dag.call;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pipeline that answers calls. Its plan in which each row takes its call along: every stage on a way from the calls to
 * a reply carries calls past its step, every other one that reads from those does not see them.
 *
 * <pre>
 *   calls > enrich > score > reply        ==>   calls > carries(enrich) > carries(score) > reply
 *                    score > filter > map                                 carries(score) > without(filter) > map
 * </pre>
 *
 * <p>Names, kinds and edges stay as they were, and so does every plan without calls.
 */
public final class CallPlan {

    private record OutputOf(String stage, int output) {}

    private final LogicalPlan plan;
    private final StageNode calls;
    /** The stages that a call passes on its way, from the calls to the replies. */
    private final Set<String> onWay = new HashSet<>();
    /** How many of them read an output. */
    private final Map<OutputOf, Integer> readers = new LinkedHashMap<>();

    /**
     * Checks that a call can find its reply in the plan.
     *
     * @throws IllegalArgumentException if it cannot; the message says what is missing, and where
     */
    public CallPlan(LogicalPlan plan) {
        this.plan = plan;
        calls = onlyCalls(plan);
        List<StageNode> replies = plan.stages().stream().filter(CallPlan::isReply).toList();
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("the pipeline takes calls (stage '" + calls.name() + "', "
                    + calls.calledAt() + "), but answers none; add writeTo(Sinks.reply())");
        }
        findWay();
        for (StageNode reply : replies) {
            if (!onWay.contains(reply.name())) {
                throw new IllegalArgumentException("stage '" + reply.name() + "' (" + reply.calledAt()
                        + ") replies, but no call of stage '" + calls.name() + "' comes there");
            }
        }
        refuseStepsThatKeepRows();
        for (StageNode stage : plan.stages()) {
            for (StageInput input : onWay.contains(stage.name()) ? stage.inputs() : List.<StageInput>of()) {
                if (onWay.contains(input.from())) {
                    readers.merge(new OutputOf(input.from(), input.output()), 1, Integer::sum);
                }
            }
        }
    }

    /** Refuses a plan that only works when it is served. */
    public static void refuseIn(LogicalPlan plan) {
        for (StageNode stage : plan.stages()) {
            if (isCalls(stage) || isReply(stage)) {
                throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt()
                        + ") belongs to a pipeline that is called; use Jobs.serve(name, pipeline) in place of submit");
            }
        }
    }

    /** Whether a plan only works when it is served. */
    public static boolean isFor(LogicalPlan plan) {
        return plan.stages().stream().anyMatch(stage -> isCalls(stage) || isReply(stage));
    }

    /** Whether a stage is where calls come in. */
    public static boolean isCalls(StageNode stage) {
        return stage.spec().supplier() instanceof CallsSpec;
    }

    private static boolean isReply(StageNode stage) {
        return stage.spec().supplier() instanceof ReplySpec;
    }

    private static StageNode onlyCalls(LogicalPlan plan) {
        List<StageNode> found = plan.stages().stream().filter(CallPlan::isCalls).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "the pipeline takes no calls; begin with readFrom(Sources.calls(name, type)), or submit it");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("the pipeline takes calls in " + found.size() + " places, "
                    + found.stream().map(stage -> "'" + stage.name() + "' (" + stage.calledAt() + ")").toList()
                    + "; a pipeline that is served has one Sources.calls");
        }
        return found.get(0);
    }

    private void findWay() {
        Set<String> reached = new HashSet<>(Set.of(calls.name()));
        for (StageNode stage : plan.stages()) { // each comes after those it reads from
            if (stage.inputs().stream().anyMatch(input -> reached.contains(input.from()))) {
                reached.add(stage.name());
            }
        }
        for (int i = plan.stages().size() - 1; i >= 0; i--) {
            StageNode stage = plan.stages().get(i);
            if (reached.contains(stage.name()) && (isReply(stage) || isReadOnWay(stage))) {
                onWay.add(stage.name());
            }
        }
    }

    private boolean isReadOnWay(StageNode stage) {
        return plan.stages().stream()
                .filter(reader -> onWay.contains(reader.name()))
                .flatMap(reader -> reader.inputs().stream())
                .anyMatch(input -> input.from().equals(stage.name()));
    }

    private void refuseStepsThatKeepRows() {
        for (StageNode stage : plan.stages()) {
            if (onWay.contains(stage.name()) && !isCalls(stage) && stage.spec().supplier().get().keepsRows()) {
                throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt() + "): a "
                        + stage.spec().kind() + " gives its results when event time has passed, and not to the call"
                        + " that brought the event, so it cannot stand between Sources.calls and Sinks.reply; use"
                        + " mapStateful without inTimeOrder, or move it to a branch that does not reply");
            }
        }
    }

    /** The name of the stage that takes the calls. */
    public String callsStage() {
        return calls.name();
    }

    Class<?> inputType() {
        return ((CallsSpec) calls.spec().supplier()).type();
    }

    /** How many stages on the way read what the source emits. */
    int readersOfCalls() {
        return readers.get(new OutputOf(calls.name(), 0));
    }

    /** The plan in which rows take their calls along, with that source of calls. */
    public LogicalPlan withSource(SupplierEx<? extends Operator> source) {
        List<StageNode> stages = new ArrayList<>();
        for (StageNode stage : plan.stages()) {
            OperatorSpec spec = isCalls(stage) ? stage.spec().withSupplier(source) : carrying(stage);
            List<StageInput> inputs = stage.inputs().stream().map(this::seeingEvents).toList();
            stages.add(new StageNode(stage.name(), stage.calledAt(), spec, inputs, stage.parallelism()));
        }
        return new LogicalPlan(stages);
    }

    private OperatorSpec carrying(StageNode stage) {
        OperatorSpec spec = stage.spec();
        SupplierEx<? extends Operator> supplier = spec.supplier();
        if (onWay.contains(stage.name())) {
            if (isReply(stage)) {
                return spec;
            }
            int[] readersByOutput = new int[spec.sideOutputs().size() + 1];
            for (int i = 0; i < readersByOutput.length; i++) {
                readersByOutput[i] = readers.getOrDefault(new OutputOf(stage.name(), i), 0);
            }
            return spec.withSupplier(() -> new CarriesCalls(supplier.getEx(), spec.onFailure(), readersByOutput))
                    .withRowForm(CallForms.carrying(spec.rowForm(), stage.name(), readersByOutput[0]));
        }
        return stage.inputs().stream().anyMatch(this::bringsCalls) ? hiding(spec) : spec;
    }

    private static OperatorSpec hiding(OperatorSpec spec) {
        SupplierEx<? extends Operator> supplier = spec.supplier();
        OperatorSpec.FirstStep first = spec.firstStep();
        return spec.withSupplier(() -> new WithoutCalls(supplier.getEx()))
                .withRowForm(CallForms.hiding(spec.rowForm()))
                .withFirstStep(first == null ? null : new OperatorSpec.FirstStep(hiding(first.spec()), first.keyFn()));
    }

    private boolean bringsCalls(StageInput input) {
        return readers.containsKey(new OutputOf(input.from(), input.output()));
    }

    private StageInput seeingEvents(StageInput input) {
        FunctionEx<Object, ?> keyFn = input.keyFn();
        return keyFn == null || !bringsCalls(input)
                ? input
                : new StageInput(
                        input.from(), input.output(), row -> keyFn.applyEx(CallRow.eventOf(row)), input.isExchanged());
    }
}
