package io.penstock.dag;

/** What a job may be told beyond its pipeline. */
public final class JobOptions {

    private String name;

    JobOptions() {}

    /** The job's name in metrics, logs and thread names; unique among the running jobs of its grid. */
    public JobOptions name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a job's name must not be blank");
        }
        this.name = name;
        return this;
    }

    String name() {
        return name;
    }
}
