package io.penstock.dag;

import java.util.concurrent.CompletionStage;

/**
 * A job that was submitted.
 *
 * <p>Thread-safe.
 */
public interface Job {

    String name();

    JobStatus status();

    /**
     * Waits until the job has ended and all of it is closed.
     *
     * @throws JobException if it failed
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    void join() throws InterruptedException;

    /**
     * Completes when {@link #join} would return, in the same way. What depends on it runs on a thread of the engine
     * and must not block, unless it is given an executor.
     */
    CompletionStage<Void> completion();

    /** Asks the job to stop where it is; windows do not fire. Does nothing if it has ended. */
    void cancel();

    /** What the job has done so far, or had done when it ended. */
    JobMetrics metrics();

    /** How the job runs: vertices, stages and the exchanges between them, in a stable order. */
    String explain();
}
