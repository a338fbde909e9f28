package io.penstock.dag.cluster;

/** The names of what travels in a job's configuration. */
final class JobArguments {

    /** The bytes of a {@link io.penstock.dag.plan.PlanMessage}. */
    static final String PLAN = "penstock.plan";
    /** The job's name, without the prefix of its grid. */
    static final String NAME = "penstock.name";
    /** The map prefix of its grid. */
    static final String PREFIX = "penstock.prefix";
    /** The bytes of a {@link PlanOutline}. */
    static final String OUTLINE = "penstock.outline";

    private JobArguments() {}
}
