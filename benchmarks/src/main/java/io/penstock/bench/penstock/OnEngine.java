package io.penstock.bench.penstock;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.MadeAdEvents;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.List;

/** Pipelines on the in-process engine, with their data in the maps of an embedded grid. */
public final class OnEngine implements Contender {

    private final GridWork work;
    private final Workload workload;
    private final int workerCount;
    private final int jobCount;
    private final Grid grid = Grid.embedded();
    private final Jobs jobs;
    /** The last job that ran, or the first of those that ran at once; null before. */
    private Job lastJob;

    private OnEngine(Workload workload, GridWork work, int workerCount, Variant variant) throws InterruptedException {
        this.workload = workload;
        this.work = work;
        this.workerCount = workerCount;
        jobCount = variant.jobs();
        jobs = Jobs.of(grid, options -> options.workers(workerCount));
        work.load(grid);
        if (variant.polluted()) {
            OtherPipelines.run(grid, jobs);
        }
    }

    public static OnEngine open(Workload workload, int workerCount, Variant variant) throws InterruptedException {
        return new OnEngine(workload, work(workload, variant), workerCount, variant);
    }

    static GridWork work(Workload workload, Variant variant) {
        return switch (workload) {
            case W1 -> new WordCountPipeline(Sentence::of);
            case W2 -> new AdCountPipeline(variant.hasObjects() ? MadeAdEvents::get : AdEvent::of);
            case W3 -> new AccountSumsPipeline();
            case W4 -> new ScoringPipeline();
            case W5 -> new LatencyPipeline();
            case HOP -> throw new IllegalArgumentException("open it with or without a hop");
        };
    }

    /** For the workload that measures queues. */
    public static OnEngine openHop(boolean hasHop, int workerCount) throws InterruptedException {
        return new OnEngine(Workload.HOP, new HopPipeline(hasHop), workerCount, Variant.PLAIN);
    }

    @Override
    public void run(long count) throws InterruptedException {
        List<Slice> slices = Slice.cut(count, jobCount);
        List<Job> running = new ArrayList<>();
        for (int job = 0; job < jobCount; job++) {
            running.add(jobs.submit(work.pipeline(slices.get(job), job)));
        }
        for (Job job : running) {
            job.join();
        }
        lastJob = running.get(0);
    }

    @Override
    public void rewrite(long index) {
        work.rewrite(grid, index);
    }

    @Override
    public Answer takeAnswer() {
        return work.takeAnswer(grid, jobCount);
    }

    @Override
    public String explain() {
        return lastJob == null
                ? work.pipeline(new Slice(0, workload.defaultCount()), 0).explain(workerCount)
                : lastJob.explain();
    }

    @Override
    public void close() {
        grid.close();
    }
}
