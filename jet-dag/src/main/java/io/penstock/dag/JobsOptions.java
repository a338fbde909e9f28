package io.penstock.dag;

/** How a grid runs its jobs. */
public final class JobsOptions {

    /** The most worker threads of a grid. */
    public static final int WORKERS_MAX = 1024;

    private Integer workerCount;

    JobsOptions() {}

    /**
     * How many worker threads step the jobs in this JVM and, of a grid on a cluster, how many instances of a stage run
     * on each member if the job is submitted here. Default: one per core, of this JVM or of each member.
     */
    public JobsOptions workers(int workerCount) {
        if (workerCount < 1 || workerCount > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "workers must be from 1 to " + WORKERS_MAX + ", but is " + workerCount);
        }
        this.workerCount = workerCount;
        return this;
    }

    boolean isSet() {
        return workerCount != null;
    }

    int workerCount() {
        return workerCount != null ? workerCount : Runtime.getRuntime().availableProcessors();
    }
}
