package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Workload;
import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;

/** A pipeline on the in-process engine, with its data in the maps of an embedded grid. */
public final class OnEngine implements Contender {

    private final GridWork work;
    private final Workload workload;
    private final int workerCount;
    private final Grid grid = Grid.embedded();
    private final Jobs jobs;

    public OnEngine(Workload workload, int workerCount) {
        this.workload = workload;
        this.workerCount = workerCount;
        work = work(workload);
        jobs = Jobs.of(grid, options -> options.workers(workerCount));
        work.load(grid);
    }

    private static GridWork work(Workload workload) {
        return switch (workload) {
            case W1 -> new WordCountPipeline();
            case W2 -> new AdCountPipeline();
            case W3 -> new AccountSumsPipeline();
            case W4 -> new ScoringPipeline();
        };
    }

    @Override
    public void run(long count) throws InterruptedException {
        jobs.submit(work.pipeline(count)).join();
    }

    @Override
    public Answer takeAnswer() {
        return work.takeAnswer(grid);
    }

    @Override
    public String explain() {
        return work.pipeline(workload.defaultCount()).explain(workerCount);
    }

    @Override
    public void close() {
        grid.close();
    }
}
