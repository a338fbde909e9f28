package io.penstock.dag.engine;

import io.penstock.dag.Feed;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.host.JobMeters;
import io.penstock.dag.host.StageFigures;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanText;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** A job of the in-process engine. */
final class EngineJob implements Job {

    private final String name;
    private final Plan plan;
    private final Execution execution;
    private final JobMeters meters;
    private final List<Worker> dedicated = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private volatile boolean cancelled;
    private volatile JobStatus status = JobStatus.RUNNING;

    EngineJob(String name, Plan plan, Execution execution, JobMeters meters) {
        this.name = name;
        this.plan = plan;
        this.execution = execution;
        this.meters = meters;
    }

    /** By the engine, when all tasklets are closed, and before another job may take this one's name. */
    void closeMeters() {
        meters.close();
    }

    /** By the engine, after that. */
    void ended(Throwable failure) {
        if (cancelled) {
            status = JobStatus.CANCELLED;
            CancellationException cancellation = new CancellationException("job '" + name + "' was cancelled");
            if (failure != null) {
                cancellation.addSuppressed(failure);
            }
            completion.completeExceptionally(cancellation);
        } else if (failure != null) {
            status = JobStatus.FAILED;
            completion.completeExceptionally(failed(name, failure));
        } else {
            status = JobStatus.COMPLETED;
            completion.complete(null);
        }
    }

    static JobException failed(String name, Throwable failure) {
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(reason instanceof StageException stage)) {
            return new JobException(name, null, reason.toString(), reason);
        }
        Throwable cause = stage.getCause() != null ? stage.getCause() : stage;
        JobException failed = new JobException(name, stage.stage(), stage.getMessage(), cause);
        for (Throwable other : stage.getSuppressed()) { // what else failed, or could not be closed
            failed.addSuppressed(other);
        }
        return failed;
    }

    void addDedicated(Worker worker) {
        dedicated.add(worker);
    }

    /** After all of them were added. */
    void startDedicated() {
        dedicated.forEach(Worker::start);
    }

    CompletableFuture<Snapshot> snapshot(boolean isTerminal) {
        return execution.snapshot(isTerminal);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JobStatus status() {
        return status;
    }

    @Override
    public void join() throws InterruptedException {
        try {
            completion.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof JobException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    /** Waits for the end, however it comes; false if the thread was interrupted. */
    boolean awaitClosed() {
        try {
            completion.handle((ignored, failure) -> null).get();
            return true;
        } catch (InterruptedException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why the job failed; null if it has not. */
    JobException failure() {
        return status == JobStatus.FAILED
                ? (JobException) completion.handle((ignored, failure) -> failure).join()
                : null;
    }

    @Override
    public CompletionStage<Void> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        if (status == JobStatus.RUNNING) {
            cancelled = true;
            execution.stop();
            dedicated.forEach(Worker::interrupt);
        }
    }

    @Override
    public void suspend() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public JobMetrics metrics() {
        return meters.metrics();
    }

    @Override
    public String explain() {
        return PlanText.explain(plan, new StageFigures(metrics()));
    }

    @Override
    public String toDot() {
        return PlanText.toDot(plan);
    }

    @Override
    public <T> Feed<T> feed(String feed, Class<T> type) {
        return FeedSpec.find(name, plan, feed, Objects.requireNonNull(type, "type"));
    }

    @Override
    public <T> Feed<T> feed(String feed) {
        return FeedSpec.find(name, plan, feed, null);
    }
}
