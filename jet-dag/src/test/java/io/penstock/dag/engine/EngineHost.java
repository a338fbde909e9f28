package io.penstock.dag.engine;

import io.penstock.dag.Job;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.util.concurrent.CompletableFuture;

/** Lets tests of other packages start jobs on the in-process engine that take snapshots, and go on from one. */
public final class EngineHost implements AutoCloseable {

    /** What a snapshot holds is the engine's own business. */
    public static final class Taken {

        private final Snapshot snapshot;

        private Taken(Snapshot snapshot) {
            this.snapshot = snapshot;
        }
    }

    private final Engine engine;

    public EngineHost(Grid grid, int workerCount) {
        engine = new Engine(grid, workerCount);
    }

    /** @param from what to go on from, or null */
    public Job start(String name, LogicalPlan logical, Taken from) {
        return engine.start(name, Planner.plan(logical, engine.workerCount()), new LoopCompiler(), true, from == null ? null : from.snapshot);
    }

    /** Takes a snapshot, behind which the job goes on. */
    public CompletableFuture<Taken> requestSnapshot(Job job) {
        return ((EngineJob) job).snapshot(false).thenApply(Taken::new);
    }

    /** Takes a snapshot, with which the job ends. */
    public Taken stop(Job job) throws Exception {
        Taken taken = new Taken(((EngineJob) job).snapshot(true).get());
        job.join();
        return taken;
    }

    @Override
    public void close() {
        engine.close();
    }
}
