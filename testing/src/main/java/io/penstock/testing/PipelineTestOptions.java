package io.penstock.testing;

import io.penstock.dag.JobsOptions;

/** How a {@link PipelineTest} runs its pipeline. */
public final class PipelineTestOptions {

    private long seed = 1;
    private int workers = 2;

    PipelineTestOptions() {}

    /**
     * Where what is random begins: which tasklet is stepped next, how many events a source hands over at once, and
     * which instance of a source gets an event. The same seed does the same on every run. Default: 1.
     */
    public PipelineTestOptions seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** For how many workers to plan: a keyed stage has as many instances. They share one thread. Default: 2. */
    public PipelineTestOptions workers(int workers) {
        if (workers < 1 || workers > JobsOptions.WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "workers must be from 1 to " + JobsOptions.WORKERS_MAX + ", but is " + workers);
        }
        this.workers = workers;
        return this;
    }

    long seed() {
        return seed;
    }

    int workers() {
        return workers;
    }
}
