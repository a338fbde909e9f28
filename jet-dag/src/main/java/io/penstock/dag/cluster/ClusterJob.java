package io.penstock.dag.cluster;

import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.JetException;
import io.penstock.dag.Feed;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A job inside Jet. Goes on when whoever holds this is gone. */
final class ClusterJob implements Job {

    private static final long PAUSE_MS_MAX = 20;
    private static final long OFFLINE_PAUSE_MS = 200;

    private final HazelcastInstance hazelcast;
    private final String name;
    private final Guarantee guarantee;
    private final com.hazelcast.jet.Job job;
    private final PlanOutline outline;
    private final JobFigures figures;
    /** Null until somebody asks; guarded by this. */
    private CompletableFuture<Void> completion;

    ClusterJob(
            HazelcastInstance hazelcast, String name, Guarantee guarantee, com.hazelcast.jet.Job job,
            PlanOutline outline, JobFigures figures) {
        this.hazelcast = hazelcast;
        this.name = name;
        this.guarantee = guarantee;
        this.job = job;
        this.outline = outline;
        this.figures = figures;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JobStatus status() {
        return switch (job.getStatus()) {
            case NOT_RUNNING, STARTING -> JobStatus.STARTING;
            case RUNNING, COMPLETING -> JobStatus.RUNNING;
            case SUSPENDED, SUSPENDED_EXPORTING_SNAPSHOT -> JobStatus.SUSPENDED;
            case COMPLETED -> JobStatus.COMPLETED;
            case FAILED -> wasCancelled() ? JobStatus.CANCELLED : JobStatus.FAILED;
        };
    }

    /** Jet takes it for cancelled, too, if it failed while it was being suspended. */
    private boolean wasCancelled() {
        return ended().handle((ignored, failure) -> failure instanceof CancellationException).join();
    }

    // ---- the end

    @Override
    public void join() throws InterruptedException {
        try {
            ended().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof JobException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public CompletionStage<Void> completion() {
        return ended().minimalCompletionStage();
    }

    private synchronized CompletableFuture<Void> ended() {
        if (completion == null) {
            CompletableFuture<Void> asked = new CompletableFuture<>();
            job.getFuture().whenComplete((ignored, failure) -> {
                Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
                if (reason instanceof HazelcastClientOfflineException) {
                    askAgain(asked);
                } else {
                    end(asked, reason);
                }
            });
            completion = asked;
        }
        return completion;
    }

    private void end(CompletableFuture<Void> asked, Throwable reason) {
        if (reason == null) {
            asked.complete(null);
        } else if (reason instanceof CancellationException && MemberFailure.in(reason) == null) {
            asked.completeExceptionally(new CancellationException("job '" + name + "' was cancelled"));
        } else {
            asked.completeExceptionally(failed(name, reason));
        }
    }

    /** Jet forgets that a client waits which has lost all its members; so a thread waits until it has found some. */
    private void askAgain(CompletableFuture<Void> asked) {
        Thread waiting = new Thread(() -> {
            Throwable reason;
            do {
                reason = askedOnce();
            } while (reason instanceof HazelcastClientOfflineException);
            end(asked, reason);
        }, "penstock-end-of-" + name);
        waiting.setDaemon(true);
        waiting.start();
    }

    private Throwable askedOnce() {
        try {
            TimeUnit.MILLISECONDS.sleep(OFFLINE_PAUSE_MS);
            com.hazelcast.jet.Job again = hazelcast.getJet().getJob(job.getId());
            if (again == null) {
                return new JetException("the cluster knows it no more: all its members may have stopped");
            }
            again.getFuture().get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (RuntimeException | InterruptedException e) {
            return e;
        }
    }

    /** What Jet says of a failure, in our words. */
    static JobException failed(String name, Throwable failure) {
        MemberFailure onMember = MemberFailure.in(failure);
        return onMember == null
                ? new JobException(name, null, failure.toString(), failure)
                : new JobException(name, onMember.stage(), onMember.getMessage(), onMember);
    }

    @Override
    public void cancel() {
        job.cancel();
    }

    // ---- beginning again

    /**
     * Waits until the job runs, for the first time or again; also if it has ended by then.
     *
     * @throws JobException if it cannot begin
     */
    void awaitRunning() throws InterruptedException {
        for (long pauseMs = 1; ; pauseMs = pause(pauseMs)) {
            switch (statusInJet()) {
                case RUNNING, COMPLETING, COMPLETED -> {
                    return;
                }
                case FAILED -> {
                    throwIfNotBegun();
                    return;
                }
                default -> { }
            }
        }
    }

    private void throwIfNotBegun() throws InterruptedException {
        try {
            join();
        } catch (JobException e) {
            if (!(e.getCause() instanceof MemberFailure failure) || failure.isAtStart()) {
                throw e;
            }
        } catch (CancellationException e) {
            // by whoever did not want it
        }
    }

    private static long pause(long pauseMs) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(pauseMs);
        return Math.min(PAUSE_MS_MAX, 2 * pauseMs);
    }

    @Override
    public void suspend() throws InterruptedException {
        stop("suspended");
    }

    /** Whoever is interrupted has asked for it nevertheless. */
    private void stop(String what) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        checkNotEnded(what);
        if (guarantee == Guarantee.NONE) {
            throw new IllegalStateException("job '" + name + "' cannot be " + what + ": it has no guarantee, so it"
                    + " would begin anew; submit it with o.guarantee(Guarantee.EXACTLY_ONCE)");
        }
        for (long pauseMs = 1; ; pauseMs = pause(pauseMs)) {
            switch (statusInJet()) {
                case SUSPENDED -> {
                    return;
                }
                case RUNNING -> requestSuspension();
                case COMPLETED, FAILED -> checkNotEnded(what);
                default -> { }
            }
            if (interrupted) {
                throw new InterruptedException();
            }
        }
    }

    private com.hazelcast.jet.core.JobStatus statusInJet() throws InterruptedException {
        try {
            return job.getStatus();
        } catch (JetException e) { // a client wraps what it does not declare
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            throw e;
        }
    }

    private void requestSuspension() {
        try {
            job.suspend();
        } catch (IllegalStateException e) {
            // its status has changed meanwhile, and is looked at again
        }
    }

    /** @throws IllegalStateException if it has; the cause says why, if it failed or was cancelled */
    private void checkNotEnded(String what) throws InterruptedException {
        JobStatus now = status();
        if (!now.isEnd()) {
            return;
        }
        RuntimeException why = null;
        try {
            join();
        } catch (JobException | CancellationException e) {
            why = e;
        }
        throw new IllegalStateException(
                "job '" + name + "' cannot be " + what + ": it is " + now + "; submit it again", why);
    }

    @Override
    public void resume() throws InterruptedException {
        go("resumed");
    }

    private void go(String what) throws InterruptedException {
        checkNotEnded(what);
        if (status() == JobStatus.SUSPENDED) {
            job.resume();
            awaitRunning();
        }
    }

    @Override
    public void restart() throws InterruptedException {
        stop("restarted");
        go("restarted");
    }

    // ---- what it does

    @Override
    public JobMetrics metrics() {
        return outline.metrics(figures.of(job.getId()));
    }

    @Override
    public String explain() {
        return outline.explain(metrics());
    }

    @Override
    public String toDot() {
        return outline.dot();
    }

    @Override
    public <T> Feed<T> feed(String feed, Class<T> type) {
        throw noFeed(feed);
    }

    @Override
    public <T> Feed<T> feed(String feed) {
        throw noFeed(feed);
    }

    private IllegalArgumentException noFeed(String feed) {
        return new IllegalArgumentException("job '" + name + "' has no feed '" + feed + "': it runs on a cluster, whose"
                + " members are not fed by this program; submit it with o.inThisJvm(), or put the events into a map and"
                + " begin with Sources.mapChanges");
    }

    @Override
    public String toString() {
        return "job '" + name + "'";
    }
}
