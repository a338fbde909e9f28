package io.penstock.dag.engine;

import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.plan.Plan;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.NanoClock;

/**
 * A job of the in-process engine without its threads: the same tasklets and queues, stepped by whoever calls, in an
 * order that comes from a seed; so the same seed and the same input do the same on every run. For tests.
 *
 * <p>Wall-clock time, by which inputs are found to be idle, is what {@link #advanceTime} makes of it.
 *
 * <p>Not thread-safe. Operators that do not cooperate are called on the same thread as all others.
 */
public final class SteppedJob implements AutoCloseable {

    /** So many rounds without rest mean that a job feeds itself. */
    private static final int ROUNDS_MAX = 10_000_000;

    /** A tasklet may send what it has collected in a round in which it did nothing else, so one is not enough. */
    private static final int IDLE_ROUNDS = 2;

    private final EngineJob job;
    private final List<Tasklet> live;
    private final Random random;

    private final VirtualClock clock;

    /** Goes on only when it is told to. */
    private static final class VirtualClock implements NanoClock {
        private long nowNs;

        @Override
        public long nanoTime() {
            return nowNs;
        }
    }

    private SteppedJob(EngineJob job, List<Tasklet> tasklets, VirtualClock clock, Random random) {
        this.job = job;
        this.clock = clock;
        this.random = random;
        live = new ArrayList<>(tasklets);
    }

    /**
     * Opens all operators.
     *
     * @param random decides which tasklet is stepped next
     * @throws JobException if a stage cannot be opened
     */
    public static SteppedJob start(Grid grid, String name, Plan plan, Random random) {
        return start(grid, name, plan, random, new LoopCompiler());
    }

    /** {@link #start} for a job in which each operator calls the next. */
    public static SteppedJob startInterpreted(Grid grid, String name, Plan plan, Random random) {
        return start(grid, name, plan, random, null);
    }

    private static SteppedJob start(Grid grid, String name, Plan plan, Random random, LoopCompiler compiler) {
        VirtualClock clock = new VirtualClock();
        List<Tasklet> tasklets = new ArrayList<>();
        EngineJob job = new EngineJob(name, plan, false, new EngineJob.Executions() {
            @Override
            public Execution open(Snapshot from) {
                Execution execution = new Execution(clock, false);
                tasklets.addAll(new TaskletBuilder(grid, name, plan, execution, compiler).build());
                execution.add(tasklets);
                Engine.open(name, tasklets, from);
                execution.measuredBy(Engine.meters(grid, name, tasklets));
                return execution;
            }

            @Override
            public void run(Execution execution) {
                // whoever calls does
            }
        }, ended -> {});
        job.start(null);
        return new SteppedJob(job, tasklets, clock, random);
    }

    /**
     * Steps tasklets until none has anything to do, or all are closed: at the end, or after a failure.
     *
     * <p>While there is work, some get several turns in a round and some none, as on threads that come and go.
     */
    public void runUntilIdle() {
        runUntilNoWork();
        live.forEach(Tasklet::makeTickDue); // else what has just come would count as come at the next tick
        runUntilNoWork();
    }

    /** Lets wall-clock time go on at once by so much, and then runs until idle. */
    public void advanceTime(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time cannot go back: " + duration);
        }
        clock.nowNs += duration.toNanos();
        runUntilIdle();
    }

    private void runUntilNoWork() {
        boolean isRandom = true;
        int idleRounds = 0;
        for (int round = 0; idleRounds < IDLE_ROUNDS && !live.isEmpty(); round++) {
            if (round == ROUNDS_MAX) {
                throw new IllegalStateException("job '" + job.name() + "' has not come to rest after " + ROUNDS_MAX
                        + " rounds over its tasklets; look for a source or a flatMap that never ends");
            }
            boolean worked = round(isRandom);
            idleRounds = worked || isRandom ? 0 : idleRounds + 1;
            isRandom = worked;
        }
    }

    private boolean round(boolean isRandom) {
        Collections.shuffle(live, random);
        boolean worked = false;
        for (Tasklet tasklet : live) {
            for (int steps = isRandom ? random.nextInt(3) : 1; steps > 0 && !tasklet.isDone(); steps--) {
                tasklet.wake(); // a source may have got something, whatever it said
                worked |= tasklet.step();
            }
        }
        live.removeIf(Tasklet::isDone);
        return worked;
    }

    public JobStatus status() {
        return job.status();
    }

    /** Why the job failed; null if it has not. */
    public JobException failure() {
        return job.failure();
    }

    public JobMetrics metrics() {
        return job.metrics();
    }

    /** Cancels the job if it runs, and closes its operators. */
    @Override
    public void close() {
        job.cancel();
        runUntilIdle();
    }
}
