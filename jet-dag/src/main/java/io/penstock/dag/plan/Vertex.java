package io.penstock.dag.plan;

import java.util.List;

/**
 * Stages that run as one: a tree in which the first stage is the root and every other one reads from one before it,
 * by a plain call.
 *
 * @param parallelism how many instances run
 */
public record Vertex(int parallelism, List<StageNode> stages) {

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
