package io.penstock.dag.engine;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobMeters;
import io.penstock.dag.host.JobRequest;
import io.penstock.dag.host.StageContext;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs physical plans in this JVM. Starts its threads with the first job.
 *
 * <p>Thread-safe.
 */
public final class Engine implements JobHost {

    /** How many batches wait between two tasklets at most. */
    static final int QUEUE_BATCHES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Grid grid;
    private final int workerCount;
    private final LoopCompiler compiler = new LoopCompiler();
    private final List<Worker> workers = new ArrayList<>();
    /** By name; empty while a job is being opened. */
    private final Map<String, Optional<EngineJob>> running = new LinkedHashMap<>();
    private Watchdog watchdog;
    private int nextWorker;
    private boolean closed;

    public Engine(Grid grid, int workerCount) {
        this.grid = grid;
        this.workerCount = workerCount;
    }

    public int workerCount() {
        return workerCount;
    }

    /** Plans a job for this JVM's workers, opens all operators, on this thread, and starts it. */
    @Override
    public Job start(JobRequest request) {
        Plan plan = Planner.plan(FeedSpec.live(request.plan()), workerCount, ref -> grid.map(ref).entryCount());
        boolean takesSnapshots = request.guarantee() != Guarantee.NONE;
        return start(request.name(), plan, request.isInterpreted() ? null : compiler, takesSnapshots, null);
    }

    @Override
    public synchronized Optional<Job> find(String name) {
        return running.getOrDefault(name, Optional.empty()).map(job -> job);
    }

    @Override
    public synchronized List<Job> jobs() {
        return running.values().stream().<Job>flatMap(Optional::stream).toList();
    }

    /**
     * Opens all operators, on this thread, and starts a job.
     *
     * @param compiler null to let each operator call the next
     * @param takesSnapshots whether {@link EngineJob#snapshot} will be called
     * @param restored the state to begin with, or null
     */
    EngineJob start(String name, Plan plan, LoopCompiler compiler, boolean takesSnapshots, Snapshot restored) {
        reserve(name);
        try {
            return startReserved(name, plan, compiler, takesSnapshots, restored);
        } catch (RuntimeException | Error e) {
            forget(name);
            throw e;
        }
    }

    private synchronized void reserve(String name) {
        if (closed) {
            throw closed(name);
        }
        if (running.containsKey(name)) {
            throw new IllegalStateException("job '" + name + "' runs already on grid '" + grid.name()
                    + "'; cancel it first, or give the new one another name");
        }
        running.put(name, Optional.empty());
    }

    private IllegalStateException closed(String name) {
        return new IllegalStateException("job '" + name + "' cannot start: grid '" + grid.name() + "' is closed");
    }

    private EngineJob startReserved(
            String name, Plan plan, LoopCompiler compiler, boolean takesSnapshots, Snapshot restored) {
        Execution execution = new Execution(SystemNanoClock.INSTANCE, takesSnapshots);
        List<Tasklet> tasklets = new TaskletBuilder(grid, name, plan, execution, compiler).build();
        execution.add(tasklets);
        tasklets.stream()
                .filter(tasklet -> tasklet.tree.isCooperative())
                .forEach(tasklet -> tasklet.tree.contexts().forEach(Watchdog::held));
        open(name, tasklets, restored);
        EngineJob job;
        synchronized (this) {
            if (closed) {
                tasklets.forEach(tasklet -> tasklet.close(null));
                throw closed(name);
            }
            job = new EngineJob(name, plan, execution, meters(grid, name, tasklets));
            running.put(name, Optional.of(job));
            schedule(name, job, tasklets);
        }
        execution.closed().whenComplete((ignored, failure) -> {
            job.closeMeters();
            forget(name);
            job.ended(failure);
        });
        return job;
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

    private void schedule(String name, EngineJob job, List<Tasklet> tasklets) {
        if (workers.isEmpty()) {
            startWorkers();
        }
        List<Worker> chosen = new ArrayList<>();
        for (Tasklet tasklet : tasklets) {
            Worker worker;
            if (tasklet.tree.isCooperative()) {
                worker = workers.get(nextWorker);
                nextWorker = (nextWorker + 1) % workerCount;
            } else {
                String threadName = "penstock-" + grid.name() + "-" + name + "-" + tasklet.name();
                worker = new Worker(threadName, true, SystemNanoClock.INSTANCE, () -> {});
                job.addDedicated(worker);
            }
            chosen.add(worker);
            tasklet.runOn(worker);
        }
        for (int i = 0; i < chosen.size(); i++) { // not before all know whom to wake
            chosen.get(i).add(tasklets.get(i));
        }
        job.startDedicated();
    }

    private void startWorkers() {
        for (int i = 0; i < workerCount; i++) {
            String threadName = "penstock-" + grid.name() + "-worker-" + i;
            workers.add(new Worker(threadName, false, SystemNanoClock.INSTANCE, () -> watchdog.wake()));
        }
        watchdog = new Watchdog(
                "penstock-" + grid.name() + "-watchdog", workers, SystemNanoClock.INSTANCE, LOG::warn);
        workers.forEach(Worker::start);
        watchdog.start();
    }

    private synchronized void forget(String name) {
        running.remove(name);
    }

    /** Cancels all jobs, waits until they are closed, and ends all threads. */
    @Override
    public void close() {
        List<EngineJob> jobs;
        synchronized (this) {
            closed = true;
            jobs = running.values().stream().flatMap(Optional::stream).toList();
        }
        jobs.forEach(EngineJob::cancel);
        boolean interrupted = false;
        for (Worker worker : workers) {
            worker.closeWhenIdle();
        }
        for (EngineJob job : jobs) {
            interrupted |= !job.awaitClosed();
        }
        for (Worker worker : workers) {
            interrupted |= !joined(worker.thread());
        }
        if (watchdog != null) {
            watchdog.close();
            interrupted |= !joined(watchdog.thread());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joined(Thread thread) {
        if (thread == Thread.currentThread()) {
            return true;
        }
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
