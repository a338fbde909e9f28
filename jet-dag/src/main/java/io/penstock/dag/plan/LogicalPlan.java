package io.penstock.dag.plan;

import java.io.Serializable;
import java.util.List;

/** The stages of a pipeline, each after the stages it reads from. */
public record LogicalPlan(List<StageNode> stages) implements Serializable {

    public LogicalPlan {
        stages = List.copyOf(stages);
    }
}
