package io.penstock.dag;

import io.penstock.dag.plan.LogicalPlan;

/** Lets tests of other packages see the plan that a pipeline describes. */
public final class PipelinePlans {

    private PipelinePlans() {}

    public static LogicalPlan of(Pipeline pipeline) {
        return pipeline.logicalPlan();
    }
}
