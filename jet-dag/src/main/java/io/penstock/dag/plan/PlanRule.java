package io.penstock.dag.plan;

/** A step of the planner: makes a plan better without changing its results. Pure. */
@FunctionalInterface
interface PlanRule {

    /** The better plan, or the same instance if there is nothing to do. */
    Plan apply(Plan plan);
}
