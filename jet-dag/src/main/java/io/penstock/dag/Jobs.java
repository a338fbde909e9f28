package io.penstock.dag;

import io.penstock.dag.engine.Engine;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.GridRunner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The jobs of a grid. Closed with it, which cancels them.
 *
 * <p>Thread-safe.
 */
public final class Jobs implements AutoCloseable, GridRunner {

    private final Grid grid;
    private final Engine engine;
    private final AtomicLong submitted = new AtomicLong();

    private Jobs(Grid grid, JobsOptions options) {
        this.grid = grid;
        engine = new Engine(grid, options.workerCount());
    }

    /** The jobs of this grid, with one worker thread per core unless it was opened with another number. */
    public static Jobs of(Grid grid) {
        return of(grid, options -> {});
    }

    /**
     * The jobs of this grid, with settings; to be called before any other use of the grid's jobs.
     *
     * @throws IllegalStateException if the jobs are open already with other settings
     */
    public static Jobs of(Grid grid, Consumer<JobsOptions> settings) {
        JobsOptions options = new JobsOptions();
        settings.accept(options);
        Jobs jobs = grid.service(Jobs.class, ofGrid -> new Jobs(ofGrid, options));
        int workerCount = jobs.engine.workerCount();
        if (options.isSet() && workerCount != options.workerCount()) {
            throw new IllegalStateException("grid '" + grid.name() + "' runs its jobs already with " + workerCount
                    + " workers, not " + options.workerCount() + "; call Jobs.of(grid, options) first");
        }
        return jobs;
    }

    /** Starts a job and returns while it runs. */
    public Job submit(Pipeline pipeline) {
        return submit(pipeline, options -> {});
    }

    /**
     * Starts a job and returns while it runs. Its sources, sinks and models are opened on the calling thread.
     *
     * @throws IllegalArgumentException if the pipeline is not complete, or a function of it cannot be serialized; the
     *     message names the stage, its line, and the field that holds the culprit
     * @throws JobException if a stage cannot be opened
     */
    public Job submit(Pipeline pipeline, Consumer<JobOptions> settings) {
        JobOptions options = new JobOptions();
        settings.accept(options);
        LogicalPlan logical = pipeline.forHost();
        String name = options.name() != null ? options.name() : "job-" + submitted.incrementAndGet();
        Plan plan = Planner.plan(logical, engine.workerCount(), ref -> grid.map(ref).entryCount());
        return options.isInterpreted() ? engine.startInterpreted(name, plan) : engine.start(name, plan);
    }

    /** Cancels all jobs and ends their threads. */
    @Override
    public void close() {
        engine.close();
    }
}
