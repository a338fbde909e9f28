package io.penstock.dag.engine;

import io.penstock.dag.Feed;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.plan.Plan;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A job of the in-process engine: one execution after the other, each from the snapshot with which the one before it
 * stopped.
 *
 * <pre>
 *   STARTING --> RUNNING --suspend--> SUSPENDED --resume--> STARTING
 *   and from each of them to an end: COMPLETED, FAILED, CANCELLED
 * </pre>
 *
 * <p><b>Threads.</b> Those who start, suspend and resume hold {@link #steering} meanwhile, so that they come one after
 * the other. Cancelling and the end of an execution do not wait for them; whatever changes is guarded by the monitor.
 */
final class EngineJob implements Job {

    /** Makes the executions of a job. */
    interface Executions {

        /**
         * Opens an execution, on this thread, which does not run yet; what cannot be opened is closed again.
         *
         * @param from what to go on from, or null
         */
        Execution open(Snapshot from);

        /** Lets it be stepped. */
        void run(Execution execution);
    }

    private final String name;
    private final JobReport report;
    private final boolean takesSnapshots;
    private final Consumer<EngineJob> onEnd;
    private final ReentrantLock steering = new ReentrantLock();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private volatile JobStatus status = JobStatus.STARTING;
    // guarded by the monitor
    private Executions executions;
    private Execution execution;
    private boolean cancelled;
    private boolean ended;
    /** Why the job failed; null if it has not. */
    private JobException failure;
    /** While the execution stops behind a snapshot: completes when it has, or has ended otherwise. */
    private CompletableFuture<Void> suspension;
    private CompletableFuture<Snapshot> suspendedAt;

    /** @param onEnd told when the job has ended, before those who wait for it */
    EngineJob(String name, Plan plan, boolean takesSnapshots, Executions executions, Consumer<EngineJob> onEnd) {
        this.name = name;
        report = new JobReport(name, plan);
        this.takesSnapshots = takesSnapshots;
        this.executions = executions;
        this.onEnd = onEnd;
    }

    /**
     * Begins; once.
     *
     * @param from what to go on from, or null
     */
    void start(Snapshot from) {
        steering.lock();
        try {
            begin(from);
        } finally {
            steering.unlock();
        }
    }

    private void begin(Snapshot from) {
        Execution opened;
        try {
            opened = executions().open(from);
        } catch (RuntimeException | Error e) {
            end(e);
            throw e;
        }
        synchronized (this) {
            if (!cancelled) {
                execution = opened;
                suspension = null;
                suspendedAt = null;
                status = JobStatus.RUNNING;
                report.runs(opened);
                opened.closed().whenComplete((ignored, thrown) -> stopped(opened, thrown));
                executions.run(opened);
                return;
            }
        }
        opened.discard();
        opened.meters().close();
        end(null);
        throw refusal("run");
    }

    private synchronized Executions executions() {
        return executions;
    }

    /** By the last tasklet of an execution, when it has closed. */
    private void stopped(Execution stopped, Throwable thrown) {
        report.stopped();
        CompletableFuture<Void> suspended = null;
        synchronized (this) {
            execution = null;
            if (suspension != null && stopped.hasStoppedAtBarrier() && thrown == null && !cancelled) {
                status = JobStatus.SUSPENDED;
                suspended = suspension;
            }
        }
        if (suspended != null) {
            suspended.complete(null);
        } else {
            end(thrown);
        }
    }

    /**
     * Ends the job, unless it has ended.
     *
     * @param thrown null if nothing went wrong
     */
    private void end(Throwable thrown) {
        JobStatus last;
        CompletableFuture<Void> suspended;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            last = cancelled ? JobStatus.CANCELLED : thrown != null ? JobStatus.FAILED : JobStatus.COMPLETED;
            failure = last == JobStatus.FAILED ? failed(name, thrown) : null;
            suspended = suspension;
            executions = null; // which hold what the job was made of
            suspendedAt = null;
        }
        report.ended();
        onEnd.accept(this); // before anybody can know, so that another job may take this one's name
        status = last;
        if (suspended != null) {
            suspended.complete(null); // before what depends on the completion, which may be anything
        }
        if (last == JobStatus.COMPLETED) {
            completion.complete(null);
        } else {
            completion.completeExceptionally(last == JobStatus.FAILED ? failure() : cancellation(thrown));
        }
    }

    private CancellationException cancellation(Throwable thrown) {
        CancellationException cancellation = new CancellationException("job '" + name + "' was cancelled");
        if (thrown != null) {
            cancellation.addSuppressed(thrown);
        }
        return cancellation;
    }

    static JobException failed(String name, Throwable thrown) {
        Throwable reason = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (reason instanceof JobException known) {
            return known;
        }
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

    @Override
    public void suspend() throws InterruptedException {
        steering.lockInterruptibly();
        try {
            stopBehindSnapshot();
        } finally {
            steering.unlock();
        }
    }

    @Override
    public void resume() throws InterruptedException {
        steering.lockInterruptibly();
        try {
            goOn();
        } finally {
            steering.unlock();
        }
    }

    @Override
    public void restart() throws InterruptedException {
        steering.lockInterruptibly();
        try {
            stopBehindSnapshot();
            goOn();
        } finally {
            steering.unlock();
        }
    }

    private void stopBehindSnapshot() throws InterruptedException {
        CompletableFuture<Void> stopping;
        synchronized (this) {
            checkNotEnded("be suspended");
            if (!takesSnapshots) {
                throw new IllegalStateException("job '" + name + "' cannot be suspended: it has no guarantee, so that"
                        + " it would begin anew; submit it with o.guarantee(Guarantee.EXACTLY_ONCE)");
            }
            if (suspension == null) {
                suspendedAt = execution.snapshot(true);
                suspension = new CompletableFuture<>();
            }
            stopping = suspension;
        }
        await(stopping);
        synchronized (this) {
            checkNotEnded("be suspended");
        }
    }

    private void goOn() throws InterruptedException {
        CompletableFuture<Void> stopping;
        synchronized (this) {
            checkNotEnded("be resumed");
            stopping = suspension;
        }
        if (stopping == null) {
            return;
        }
        await(stopping); // which takes time only if whoever suspended the job was interrupted
        Snapshot from;
        synchronized (this) {
            checkNotEnded("be resumed");
            status = JobStatus.STARTING;
            from = suspendedAt.join();
        }
        begin(from);
    }

    private static void await(CompletableFuture<Void> stopping) throws InterruptedException {
        try {
            stopping.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it never completes so
        }
    }

    private void checkNotEnded(String verb) {
        if (cancelled || ended) {
            throw refusal(verb);
        }
    }

    private synchronized IllegalStateException refusal(String verb) {
        String why = cancelled ? "it was cancelled" : failure != null ? "it has failed" : "it has ended";
        return new IllegalStateException(
                "job '" + name + "' cannot " + verb + ": " + why + "; submit it again", failure);
    }

    @Override
    public void cancel() {
        boolean isStopped;
        synchronized (this) {
            if (ended) {
                return;
            }
            cancelled = true;
            isStopped = status == JobStatus.SUSPENDED;
            if (execution != null) {
                execution.stop();
                execution.interruptDedicated();
            }
        }
        if (isStopped) {
            end(null);
        }
    }

    /** A snapshot that somebody else keeps; the job goes on behind it, or ends. */
    CompletableFuture<Snapshot> snapshot(boolean isTerminal) {
        Execution running;
        synchronized (this) {
            checkNotEnded("be asked for a snapshot");
            running = execution;
        }
        return running.snapshot(isTerminal);
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
            throw e.getCause() instanceof JobException known
                    ? known
                    : new IllegalStateException(e.getCause());
        }
    }

    /** Waits for the end, however it comes; false if the thread was interrupted. */
    boolean awaitClosed() {
        try {
            completion.handle((ignored, thrown) -> null).get();
            return true;
        } catch (InterruptedException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why the job failed; null if it has not. */
    synchronized JobException failure() {
        return failure;
    }

    @Override
    public CompletionStage<Void> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public JobMetrics metrics() {
        return report.metrics();
    }

    @Override
    public String explain() {
        return report.explain();
    }

    @Override
    public String toDot() {
        return report.toDot();
    }

    @Override
    public <T> Feed<T> feed(String feed, Class<T> type) {
        return report.feed(feed, Objects.requireNonNull(type, "type"));
    }

    @Override
    public <T> Feed<T> feed(String feed) {
        return report.feed(feed, null);
    }
}
