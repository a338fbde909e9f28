package io.penstock.testing;

import io.penstock.dag.Tag;
import io.penstock.dag.call.CallPlan;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * A pipeline's plan for a test: its sources are scripts, and each side output has one reader more.
 *
 * <pre>
 *   payments -> enrich ======> score       ==>   script -> enrich ======> score
 *               enrich -miss-> log                         enrich -miss-> log, tap
 * </pre>
 *
 * <p>A source that follows a map goes on doing so behind its script, for the test's grid has the map.
 *
 * <p>If it answers calls, rows take their calls along, as in a pipeline that is served.
 *
 * <p>All other stages, and how many instances of each there are, stay as they were.
 */
record TestPlan(
        LogicalPlan logical, Map<String, Script> scripts, Map<Tag<?>, Tap> taps, Optional<CallPlan> calls) {

    static TestPlan of(LogicalPlan original, int workerCount, Random random) {
        Map<String, StageNode> stages = new LinkedHashMap<>();
        original.stages().forEach(stage -> stages.put(stage.name(), stage));
        Map<String, Script> scripts = new LinkedHashMap<>();
        Map<Tag<?>, Tap> taps = new LinkedHashMap<>();
        List<StageNode> nodes = new ArrayList<>();
        for (StageNode stage : original.stages()) {
            if (stage.isSource()) {
                int instanceCount = stage.parallelism() == StageNode.PLANNED ? workerCount : stage.parallelism();
                Script script = new Script(stage.name(), instanceCount, lagBehind(stage, original), random);
                scripts.put(stage.name(), script);
                nodes.add(CallPlan.isCalls(stage) ? stage : scripted(stage, script));
                continue;
            }
            nodes.add(stage);
            StageInput first = stage.inputs().get(0);
            if (first.output() > 0) {
                Tag<?> tag = stages.get(first.from()).spec().sideOutputs().get(first.output() - 1);
                Tap tap = new Tap(tag);
                taps.put(tag, tap);
                nodes.add(reader(tap, stage));
            }
        }
        LogicalPlan logical = new LogicalPlan(nodes);
        if (!CallPlan.isFor(logical)) {
            return new TestPlan(logical, scripts, taps, Optional.empty());
        }
        CallPlan calls = new CallPlan(logical);
        Script script = scripts.get(calls.callsStage());
        return new TestPlan(calls.withSource(() -> new ScriptedSource(script)), scripts, taps, Optional.of(calls));
    }

    private static StageNode scripted(StageNode source, Script script) {
        boolean followsMap = source.spec().kind().equals("map-changes");
        OperatorSpec spec = OperatorSpec.of(source.spec().kind(), () -> new ScriptedSource(
                script, followsMap ? (SourceOperator) source.spec().supplier().get() : null));
        return new StageNode(source.name(), source.calledAt(), spec, List.of(), source.parallelism());
    }

    private static StageNode reader(Tap tap, StageNode tapped) {
        return new StageNode(
                "tap of " + tapped.name(),
                tapped.calledAt(),
                OperatorSpec.of("tap", tap::newOperator),
                List.of(new StageInput(tapped.name(), 0, null)),
                StageNode.PLANNED);
    }

    /** The largest lag of the stages that give the source's events their times; empty if there are none. */
    private static OptionalLong lagBehind(StageNode source, LogicalPlan plan) {
        OptionalLong largest = OptionalLong.empty();
        Set<String> seen = new HashSet<>();
        Queue<StageNode> next = new ArrayDeque<>(List.of(source));
        while (!next.isEmpty()) {
            StageNode stage = next.remove();
            if (!seen.add(stage.name())) {
                continue;
            }
            if (stage.spec().kind().equals("timestamps")
                    && stage.spec().supplier().get() instanceof Timestamps<?> timestamps) {
                largest = OptionalLong.of(Math.max(largest.orElse(0), timestamps.lagMs()));
                continue; // what comes behind goes by these times
            }
            for (StageNode reader : plan.stages()) {
                if (reader.inputs().stream().anyMatch(input -> input.from().equals(stage.name()))) {
                    next.add(reader);
                }
            }
        }
        return largest;
    }
}
