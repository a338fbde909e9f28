package io.penstock.dag.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a logical plan into a physical one: one vertex per stage, and then rules. Deterministic. */
public final class Planner {

    private Planner() {}

    /** Plans without knowing anything of the maps. */
    public static Plan plan(LogicalPlan logical, int workerCount) {
        return plan(logical, workerCount, MapSizes.unknown());
    }

    public static Plan plan(LogicalPlan logical, int workerCount, MapSizes sizes) {
        List<PlanRule> rules = List.of(
                new DropExchangesOfOne(), new AggregateInTwoSteps(), new FuseNeighbours(), new BatchLookUps(sizes));
        Plan plan = oneVertexPerStage(logical, workerCount);
        for (PlanRule rule : rules) {
            plan = rule.apply(plan);
        }
        return plan;
    }

    /** A keyed stage runs on all workers, a source on as many as it asks for, any other on as many as it reads from. */
    static Plan oneVertexPerStage(LogicalPlan logical, int workerCount) {
        Map<String, Integer> parallelism = new HashMap<>();
        List<Vertex> vertices = new ArrayList<>();
        for (StageNode stage : logical.stages()) {
            int instances;
            if (stage.isSource()) {
                instances = stage.parallelism() == StageNode.PLANNED ? workerCount : stage.parallelism();
            } else if (stage.isKeyed()) {
                instances = workerCount;
            } else {
                instances = stage.inputs().stream()
                        .mapToInt(input -> parallelism.get(input.from()))
                        .max()
                        .orElseThrow();
            }
            parallelism.put(stage.name(), instances);
            vertices.add(new Vertex(instances, List.of(stage)));
        }
        return new Plan(vertices);
    }
}
