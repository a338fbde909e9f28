package io.penstock.dag.cluster;

import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import java.util.concurrent.CompletableFuture;

/** A job inside Jet, without its types. */
public final class JetJob {

    private final Job job;

    JetJob(Job job) {
        this.job = job;
    }

    public CompletableFuture<Void> completion() {
        return job.getFuture();
    }

    public void join() {
        job.join();
    }

    public void suspend() {
        job.suspend();
    }

    public void resume() {
        job.resume();
    }

    public void cancel() {
        job.cancel();
    }

    public boolean isSuspended() {
        return job.getStatus() == JobStatus.SUSPENDED;
    }

    public boolean isCompleted() {
        return job.getStatus() == JobStatus.COMPLETED;
    }
}
