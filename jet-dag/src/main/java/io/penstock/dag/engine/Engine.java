package io.penstock.dag.engine;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobMeters;
import io.penstock.dag.host.JobRequest;
import io.penstock.dag.host.StageContext;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.MapSizes;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.host.CarriedGrid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Runs jobs in this JVM. Starts its threads with the first job.
 *
 * <p>Thread-safe.
 */
public final class Engine implements JobHost {

    /** How many batches wait between two tasklets at most. */
    static final int QUEUE_BATCHES = 8;

    /** How many jobs that have ended are still known by their names. */
    static final int ENDED_JOBS_MAX = 100;

    private final Grid grid;
    private final Workers workers;
    private final LoopCompiler compiler = new LoopCompiler();
    /** Those that have not ended, by name. */
    private final Map<String, EngineJob> live = new LinkedHashMap<>();
    /** By name: the last that ended, the oldest first. */
    private final Map<String, EngineJob> ended = new LinkedHashMap<>();
    private boolean closed;

    public Engine(Grid grid, int workerCount) {
        this.grid = grid;
        workers = new Workers("penstock-" + grid.name() + "-", workerCount);
    }

    public int workerCount() {
        return workers.count();
    }

    /** Plans a job for this JVM's workers, opens all operators, on this thread, and starts it. */
    @Override
    public Job start(JobRequest request) {
        LogicalPlan logical = FeedSpec.live(request.plan());
        MapSizes sizes = ref -> grid.map(ref).entryCount();
        Plan plan = CarriedGrid.isOnCluster(grid)
                ? Planner.besideCluster(logical, workerCount(), sizes)
                : Planner.plan(logical, workerCount(), sizes);
        boolean takesSnapshots = request.guarantee() != Guarantee.NONE;
        return start(request.name(), plan, request.isInterpreted() ? null : compiler, takesSnapshots, null);
    }

    /**
     * Opens all operators, on this thread, and starts a job.
     *
     * @param compiler null to let each operator call the next
     * @param takesSnapshots whether the job can be asked for snapshots
     * @param restored the state to begin with, or null
     */
    EngineJob start(String name, Plan plan, LoopCompiler compiler, boolean takesSnapshots, Snapshot restored) {
        EngineJob job = new EngineJob(name, plan, takesSnapshots, new EngineJob.Executions() {
            @Override
            public Execution open(Snapshot from) {
                return execution(name, plan, compiler, takesSnapshots, from);
            }

            @Override
            public void run(Execution execution) {
                workers.run(name, execution);
            }
        }, this::ended);
        reserve(job);
        job.start(restored);
        return job;
    }

    private synchronized void reserve(EngineJob job) {
        if (closed) {
            throw new IllegalStateException(
                    "job '" + job.name() + "' cannot start: grid '" + grid.name() + "' is closed");
        }
        EngineJob present = live.putIfAbsent(job.name(), job);
        if (present != null) {
            throw new IllegalStateException("job '" + job.name() + "' runs already on grid '" + grid.name()
                    + "'; cancel it first, or give the new one another name");
        }
    }

    private synchronized void ended(EngineJob job) {
        live.remove(job.name());
        ended.remove(job.name()); // so that it counts as new
        ended.put(job.name(), job);
        if (ended.size() > ENDED_JOBS_MAX) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private Execution execution(
            String name, Plan plan, LoopCompiler compiler, boolean takesSnapshots, Snapshot restored) {
        Execution execution = new Execution(SystemNanoClock.INSTANCE, takesSnapshots);
        List<Tasklet> tasklets = new TaskletBuilder(grid, name, plan, execution, compiler).build();
        execution.add(tasklets);
        open(name, tasklets, restored);
        tasklets.stream()
                .filter(tasklet -> tasklet.tree.isCooperative()) // which is known when they are open
                .forEach(tasklet -> tasklet.tree.contexts().forEach(Watchdog::held));
        execution.measuredBy(meters(grid, name, tasklets));
        return execution;
    }

    static JobMeters meters(Grid grid, String name, List<Tasklet> tasklets) {
        List<StageContext> stages =
                tasklets.stream().flatMap(tasklet -> tasklet.tree.contexts().stream()).toList();
        List<JobMeters.Queue> queues = tasklets.stream()
                .filter(OperatorTasklet.class::isInstance)
                .map(reader -> new JobMeters.Queue(
                        reader.tree.contexts().get(0), ((OperatorTasklet) reader)::queueFill))
                .toList();
        return new JobMeters(grid, name, stages, queues);
    }

    /** Opens all operators; if one of them cannot be, closes them all. */
    static void open(String name, List<Tasklet> tasklets, Snapshot restored) {
        try {
            for (Tasklet tasklet : tasklets) {
                tasklet.open();
                if (restored != null) {
                    restored.restore(tasklet.tree, tasklet.instance, tasklet.instanceCount);
                }
            }
        } catch (RuntimeException | Error e) {
            for (Tasklet tasklet : tasklets) {
                tasklet.close(null);
            }
            throw EngineJob.failed(name, e);
        }
    }

    @Override
    public synchronized Optional<Job> find(String name) {
        return Optional.ofNullable(live.containsKey(name) ? live.get(name) : ended.get(name));
    }

    @Override
    public synchronized List<Job> jobs() {
        return live.values().stream().<Job>map(job -> job).sorted(Comparator.comparing(Job::name)).toList();
    }

    /** Cancels all jobs, waits until they are closed, and ends all threads. */
    @Override
    public void close() {
        List<EngineJob> jobs;
        synchronized (this) {
            closed = true;
            jobs = List.copyOf(live.values());
        }
        jobs.forEach(EngineJob::cancel); // one that is being resumed, or opened, sees that before it runs
        workers.closeWhenIdle();
        boolean interrupted = false;
        for (EngineJob job : jobs) {
            interrupted |= !job.awaitClosed();
        }
        interrupted |= !workers.join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
