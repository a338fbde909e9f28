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

    /** Asks the job to stop where it is, also if it is suspended; windows do not fire. Does nothing if it has ended. */
    void cancel();

    /**
     * Takes a snapshot behind which the job stops, until {@link #resume()}; returns when it has. Does nothing if it is
     * suspended already. A suspended job keeps its name, and ends when it is cancelled; one that runs in this JVM is
     * kept in its memory, and ends with its grid.
     *
     * @throws IllegalStateException if the job has ended, or ends before the snapshot is taken; or if it has no {@link
     *     Guarantee}, so that it would begin anew
     * @throws InterruptedException if this thread was interrupted; the job is suspended nevertheless
     */
    void suspend() throws InterruptedException;

    /**
     * Lets a suspended job go on from its snapshot; returns when it runs. Does nothing if it is not suspended.
     *
     * @throws IllegalStateException if the job has ended
     * @throws JobException if a stage cannot be opened again; the job has failed then
     */
    void resume() throws InterruptedException;

    /**
     * {@link #suspend()} and {@link #resume()}: on a cluster the job then also uses members that came since.
     *
     * @throws IllegalStateException as {@code suspend}
     * @throws JobException as {@code resume}
     */
    void restart() throws InterruptedException;

    /**
     * What the job has done so far, or had done when it stopped. Counts go on over a suspension and, as exactly as the
     * job's {@link Guarantee} says, over the loss of a member.
     */
    JobMetrics metrics();

    /**
     * How the job runs, in a stable order: vertices, stages and the exchanges between them; for each stage in which
     * compiled loop it runs, or why it is interpreted, and how many events it has taken and given so far.
     */
    String explain();

    /** How the job runs, as a graph in the language of Graphviz. */
    String toDot();

    /**
     * The way into a {@link Sources#feed} of the job.
     *
     * @param name the source's name
     * @param type the type that the source was made with
     * @throws IllegalArgumentException if the job has no feed of that name and type; the message lists those it has
     */
    <T> Feed<T> feed(String name, Class<T> type);

    /** {@link #feed(String, Class)} where the type is the caller's word; each event is checked when it is offered. */
    <T> Feed<T> feed(String name);
}
