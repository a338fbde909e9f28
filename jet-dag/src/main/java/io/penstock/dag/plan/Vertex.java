package io.penstock.dag.plan;

import java.util.List;

/**
 * Stages that run as one: a tree in which the first stage is the root and every other one reads from one before it,
 * by a plain call.
 *
 * @param parallelism how many instances run, or {@link #EVERYWHERE}
 */
public record Vertex(int parallelism, List<StageNode> stages) {

    /** One instance on each worker, however many there are when the job starts. */
    public static final int EVERYWHERE = Integer.MAX_VALUE;

    public Vertex {
        stages = List.copyOf(stages);
    }

    public StageNode root() {
        return stages.get(0);
    }

    public String name() {
        return root().name();
    }

    public boolean contains(String stage) {
        return stages.stream().anyMatch(node -> node.name().equals(stage));
    }
}
