package io.penstock.bench.penstock;

import io.penstock.bench.cluster.BenchCluster;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Slice;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;

/** Pipelines on the members of a cluster, with their data in its maps. */
public final class OnCluster implements Contender {

    private final BenchCluster cluster;
    private final GridWork work;
    private final Jobs jobs;
    private Job lastJob;

    private OnCluster(BenchCluster cluster, GridWork work) {
        this.cluster = cluster;
        this.work = work;
        Grid grid = cluster.grid();
        jobs = Jobs.of(grid, options -> options.workers(cluster.threads()));
        work.load(grid);
    }

    public static OnCluster open(BenchCluster cluster, Workload workload, Variant variant) {
        return new OnCluster(cluster, OnEngine.work(workload, variant));
    }

    /** For the workload that measures exchanges. */
    public static OnCluster openHop(BenchCluster cluster, boolean hasHop) {
        return new OnCluster(cluster, new ExchangePipeline(hasHop));
    }

    @Override
    public void run(long count) throws InterruptedException {
        lastJob = jobs.submit(work.pipeline(new Slice(0, count), 0));
        lastJob.join();
    }

    @Override
    public void rewrite(long index) {
        work.rewrite(cluster.grid(), index);
    }

    @Override
    public Answer takeAnswer() {
        return work.takeAnswer(cluster.grid(), 1);
    }

    @Override
    public String explain() {
        return lastJob == null ? "" : lastJob.explain();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
