package io.penstock.dag;

import io.penstock.dag.call.CallDesk;
import io.penstock.dag.call.CallPlan;
import io.penstock.dag.call.Deadlines;
import io.penstock.dag.call.FeedSpec;
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
    private final Deadlines deadlines;
    private final AtomicLong submitted = new AtomicLong();

    private Jobs(Grid grid, JobsOptions options) {
        this.grid = grid;
        engine = new Engine(grid, options.workerCount());
        deadlines = new Deadlines("penstock-" + grid.name() + "-deadlines", System::nanoTime);
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
     * @throws IllegalArgumentException if the pipeline is not complete, takes calls, or has a function that cannot be
     *     serialized; the message names the stage, its line, and the field that holds the culprit
     * @throws JobException if a stage cannot be opened
     */
    public Job submit(Pipeline pipeline, Consumer<JobOptions> settings) {
        JobOptions options = new JobOptions();
        settings.accept(options);
        LogicalPlan logical = pipeline.forHost();
        CallPlan.refuseIn(logical);
        String name = options.name() != null ? options.name() : "job-" + submitted.incrementAndGet();
        return start(name, logical, options.isInterpreted());
    }

    /** {@link #serve(String, Pipeline, Consumer)} with the defaults. */
    public <I, O> Call<I, O> serve(String name, Pipeline pipeline) {
        return serve(name, pipeline, options -> {});
    }

    /**
     * Starts a pipeline that begins with {@link Sources#calls} and ends with {@link Sinks#reply()}, as a function.
     *
     * <p>Every event takes the call that it came of along, through all steps that give their results at once: {@code
     * map}, {@code filter}, {@code flatMap}, {@code merge}, {@code mapStateful}, look-ups, models. The first reply is the
     * answer. Steps that wait for event time, such as windows, may stand on branches that do not reply; their watermark
     * advances with the events of calls alone.
     *
     * <p>The types are the caller's word: the type of the inputs is checked when they are asked, that of the answers by
     * the cast where they are used.
     *
     * @param name the job's name; unique among the running jobs of the grid
     * @throws IllegalArgumentException if the pipeline could not be submitted, or its calls could not find their
     *     replies; the message says what is missing, and where
     * @throws JobException if a stage cannot be opened
     */
    public <I, O> Call<I, O> serve(String name, Pipeline pipeline, Consumer<CallOptions<I, O>> settings) {
        CallOptions<I, O> options = new CallOptions<>();
        settings.accept(options);
        String checkedName = new JobOptions().name(name).name();
        CallPlan plan = new CallPlan(pipeline.forHost());
        CallDesk<I, O> calls = new CallDesk<>(checkedName, plan, options.settings(), deadlines);
        calls.started(grid, start(checkedName, calls.servedPlan(), false));
        return calls;
    }

    private Job start(String name, LogicalPlan logical, boolean isInterpreted) {
        Plan plan = Planner.plan(FeedSpec.live(logical), engine.workerCount(), ref -> grid.map(ref).entryCount());
        return isInterpreted ? engine.startInterpreted(name, plan) : engine.start(name, plan);
    }

    /** Cancels all jobs and ends their threads. */
    @Override
    public void close() {
        engine.close();
        deadlines.close();
    }
}
