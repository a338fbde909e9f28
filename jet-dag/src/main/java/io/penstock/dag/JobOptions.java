package io.penstock.dag;

/** What a job may be told beyond its pipeline. */
public final class JobOptions {

    private String name;
    private boolean interpreted;

    JobOptions() {}

    /** The job's name in metrics, logs and thread names; unique among the running jobs of its grid. */
    public JobOptions name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a job's name must not be blank");
        }
        this.name = name;
        return this;
    }

    /**
     * Lets each step call the next instead of compiling them into loops: slower, but for a debugger each step has a
     * place of its own. The results are the same.
     */
    public JobOptions interpreted() {
        interpreted = true;
        return this;
    }

    boolean isInterpreted() {
        return interpreted;
    }

    String name() {
        return name;
    }
}
