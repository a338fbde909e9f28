package io.penstock.dag.engine;

import io.penstock.dag.Feed;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.host.StageFigures;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanText;
import java.util.List;

/**
 * What a job tells of itself, in every part of its life. When it has ended only texts and figures are left: a job is
 * known by its name for long, and what it was made of may be large.
 *
 * <p>Thread-safe.
 */
final class JobReport {

    private final String job;
    private Plan plan;
    private Execution running;
    /** Those of the last execution, when it has stopped. */
    private JobMetrics metrics = new JobMetrics(List.of());
    /** When the job has ended. */
    private String explanation;
    private String dot;

    JobReport(String job, Plan plan) {
        this.job = job;
        this.plan = plan;
    }

    synchronized void runs(Execution execution) {
        running = execution;
    }

    /** Says that the execution has stopped; its meters are gone then. */
    synchronized void stopped() {
        running.meters().close();
        metrics = running.meters().metrics();
        running = null;
    }

    /** Says that there will be no further execution. */
    synchronized void ended() {
        explanation = explain();
        dot = toDot();
        plan = FeedSpec.feedsOf(plan);
    }

    synchronized JobMetrics metrics() {
        return running != null ? running.meters().metrics() : metrics;
    }

    synchronized String explain() {
        return explanation != null ? explanation : PlanText.explain(plan, new StageFigures(metrics()));
    }

    synchronized String toDot() {
        return dot != null ? dot : PlanText.toDot(plan);
    }

    /** @param type null if the caller does not say */
    synchronized <T> Feed<T> feed(String name, Class<T> type) {
        return FeedSpec.find(job, plan, name, type);
    }
}
