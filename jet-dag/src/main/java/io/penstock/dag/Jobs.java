package io.penstock.dag;

import io.penstock.dag.call.CallDesk;
import io.penstock.dag.call.CallPlan;
import io.penstock.dag.call.Deadlines;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.engine.Engine;
import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobHostProvider;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import io.penstock.grid.GridRunner;
import io.penstock.grid.host.CarriedGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The jobs of a grid.
 *
 * <p><b>Where they run.</b> The jobs of {@link Grid#embedded} run in this JVM and end with the grid. What is submitted
 * to a grid on a cluster runs on all its members, where the maps' entries are; such a job does not end with the grid
 * that submitted it, and every other grid of the cluster finds it by its name. {@link JobOptions#inThisJvm()} and
 * {@link #serve} use this JVM on a cluster, too.
 *
 * <p>Thread-safe.
 */
public final class Jobs implements AutoCloseable, GridRunner {

    private static final int RANDOM_NAME_CHARACTERS = 8;

    private final Grid grid;
    private final Engine engine;
    /** Null if the grid is in this JVM alone. */
    private final ClusterJobs cluster;
    private final Deadlines deadlines;
    private final String namePrefix;
    private final AtomicLong named = new AtomicLong();

    /** @param provider finds who can open the host of a cluster's jobs */
    Jobs(Grid grid, JobsOptions options, Function<Grid, JobHostProvider> provider) {
        this.grid = grid;
        boolean isOnCluster = CarriedGrid.isOnCluster(grid);
        engine = new Engine(grid, options.workerCount());
        cluster = isOnCluster ? new ClusterJobs(grid, options.isSet() ? options.workerCount() : 0, provider) : null;
        deadlines = new Deadlines("penstock-" + grid.name() + "-deadlines", System::nanoTime);
        namePrefix = isOnCluster // where other JVMs name jobs, too
                ? "job-" + UUID.randomUUID().toString().substring(0, RANDOM_NAME_CHARACTERS) + "-"
                : "job-";
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
        Jobs jobs = grid.service(Jobs.class, ofGrid -> new Jobs(ofGrid, options, ClusterJobs::find));
        int workerCount = jobs.engine.workerCount();
        if (options.isSet() && workerCount != options.workerCount()) {
            throw new IllegalStateException("grid '" + grid.name() + "' runs its jobs already with " + workerCount
                    + " workers, not " + options.workerCount() + "; call Jobs.of(grid, options) first");
        }
        return jobs;
    }

    /** {@link #submit(Pipeline, Consumer)} with the defaults. */
    public Job submit(Pipeline pipeline) {
        return submit(pipeline, options -> {});
    }

    /**
     * Starts a job and returns when it runs. Its sources, sinks and models have been opened by then: in this JVM on the
     * calling thread, on a cluster by its members.
     *
     * @throws IllegalArgumentException if the pipeline is not complete, takes calls, has a function that cannot be
     *     serialized, is to run on a cluster although it is fed by this program, or cannot give the guarantee; the
     *     message names the stage, its line, and the way out
     * @throws IllegalStateException if a job of that name runs, or a cluster's jobs need what the class path lacks
     * @throws JobException if a stage cannot be opened
     */
    public Job submit(Pipeline pipeline, Consumer<JobOptions> settings) {
        JobOptions options = new JobOptions();
        settings.accept(options);
        LogicalPlan plan = pipeline.forHost();
        CallPlan.refuseIn(plan);
        GuaranteeCheck.check(plan, options.guarantee());
        boolean isOnCluster = cluster != null && !options.isInThisJvm();
        if (isOnCluster) {
            FeedSpec.refuseIn(plan);
        }
        JobHost host = isOnCluster ? cluster.host() : engine;
        String name = options.name() != null ? options.name() : namePrefix + named.incrementAndGet();
        return host.start(options.request(plan, name));
    }

    /**
     * The job of that name that has not ended, or else the one that ended last, as long as it is known. On a cluster
     * whoever submitted it; its own jobs come before those of that name in this JVM.
     *
     * @throws IllegalStateException if a cluster's jobs need what the class path lacks
     */
    public Optional<Job> job(String name) {
        Optional<Job> here = engine.find(name);
        if (cluster == null) {
            return here;
        }
        Optional<Job> there = cluster.host().find(name);
        boolean isHereOnly = there.isEmpty() || there.get().status().isEnd() && isLive(here);
        return isHereOnly ? here : there;
    }

    private static boolean isLive(Optional<Job> job) {
        return job.isPresent() && !job.get().status().isEnd();
    }

    /**
     * All jobs that have not ended, by name; on a cluster whoever submitted them, and those in this JVM.
     *
     * @throws IllegalStateException if a cluster's jobs need what the class path lacks
     */
    public List<Job> jobs() {
        List<Job> all = new ArrayList<>(engine.jobs());
        if (cluster != null) {
            all.addAll(cluster.host().jobs());
        }
        all.sort(Comparator.comparing(Job::name));
        return List.copyOf(all);
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
     * <p>It runs in this JVM, also if the grid is on a cluster: so its calls never wait for the network.
     *
     * @param name the job's name; unique among the jobs that run in this JVM
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
        calls.started(grid, engine.start(new JobOptions().request(calls.servedPlan(), checkedName)));
        return calls;
    }

    /** Cancels the jobs that run in this JVM, and ends their threads. Those that run on a cluster go on. */
    @Override
    public void close() {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            engine.close();
            deadlines.close();
        }
    }
}
