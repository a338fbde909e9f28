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
        return apply(oneVertexPerStage(logical, workerCount), List.of(
                new DropExchangesOfOne(), new AggregateInTwoSteps(), new FuseNeighbours(), new BatchLookUps(sizes)));
    }

    /** {@link #plan} for workers of this JVM beside the maps of a cluster, to which each write is a round trip. */
    public static Plan besideCluster(LogicalPlan logical, int workerCount, MapSizes sizes) {
        return apply(plan(logical, workerCount, sizes), List.of(new BatchMapWrites()));
    }

    /**
     * Plans for a cluster. Members come and go while the job lives, so that the plan says {@link Vertex#EVERYWHERE}
     * where the number of workers would stand, and has the same shape on any number: {@link Plan#on} gives it one.
     *
     * @param sizes as they are when the job is submitted; a plan that is made again later needs the same
     * @param copiedEntriesMax the most entries of a map that is copied to every member for look-ups
     */
    public static Plan forCluster(LogicalPlan logical, MapSizes sizes, long copiedEntriesMax) {
        return apply(oneVertexPerStage(logical, Vertex.EVERYWHERE), List.of(
                new PlaceLookUps(sizes, copiedEntriesMax), new AggregateInTwoSteps(), new FuseNeighbours(),
                new BatchLookUps(sizes), new BatchMapWrites()));
    }

    private static Plan apply(Plan plan, List<PlanRule> rules) {
        Plan better = plan;
        for (PlanRule rule : rules) {
            better = rule.apply(better);
        }
        return better;
    }

    /**
     * A stage with an exchange runs on all workers, a source on as many as it asks for, any other on as many as it
     * reads from.
     */
    static Plan oneVertexPerStage(LogicalPlan logical, int workerCount) {
        Map<String, Integer> parallelism = new HashMap<>();
        List<Vertex> vertices = new ArrayList<>();
        for (StageNode stage : logical.stages()) {
            int instances;
            if (stage.isSource()) {
                instances = stage.parallelism() == StageNode.PLANNED ? workerCount : stage.parallelism();
            } else if (stage.isKeyed() || stage.isExchanged()) {
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
