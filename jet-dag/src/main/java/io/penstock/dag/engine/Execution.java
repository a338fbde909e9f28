package io.penstock.dag.engine;

import io.penstock.dag.host.JobMeters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.NanoClock;

/**
 * A job from where it starts, at its beginning or behind a snapshot, to where it stops: its tasklets, their end and
 * their snapshots.
 *
 * <p><b>Threads.</b> Tasklets report from their workers, requests come from anywhere; one lock guards what both change.
 */
final class Execution {

    private final NanoClock clock;
    private final boolean keepsFinalStates;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<Worker> dedicated = new CopyOnWriteArrayList<>();
    private final Set<Tasklet> live = new HashSet<>();
    private List<Tasklet> tasklets = List.of();
    private JobMeters meters;
    private final Snapshot finalStates = new Snapshot();
    private Throwable failure;
    private volatile boolean stopping;

    private volatile Signal.Barrier requestedBarrier;
    private Snapshot snapshot;
    private final Set<Tasklet> unsaved = new HashSet<>();
    private CompletableFuture<Snapshot> snapshotDone;
    /** Whether a tasklet has stopped at a barrier, with work before it. */
    private boolean stoppedAtBarrier;

    /** @param keepsFinalStates whether snapshots will be taken, so that tasklets that end must leave their state */
    Execution(NanoClock clock, boolean keepsFinalStates) {
        this.clock = clock;
        this.keepsFinalStates = keepsFinalStates;
    }

    /** Says which tasklets there are; once. */
    synchronized void add(List<Tasklet> all) {
        tasklets = List.copyOf(all);
        live.addAll(all);
    }

    synchronized List<Tasklet> tasklets() {
        return tasklets;
    }

    /** Says what counts for the tasklets, when they are open. */
    synchronized void measuredBy(JobMeters counting) {
        meters = counting;
    }

    synchronized JobMeters meters() {
        return meters;
    }

    void addDedicated(Worker worker) {
        dedicated.add(worker);
    }

    /** After all of them were added. */
    void startDedicated() {
        dedicated.forEach(Worker::start);
    }

    /** Breaks calls that block. */
    void interruptDedicated() {
        dedicated.forEach(Worker::interrupt);
    }

    /** Closes the tasklets of an execution that no thread steps. */
    void discard() {
        tasklets().forEach(tasklet -> tasklet.close(null));
    }

    /** The clock that all of the job goes by. */
    NanoClock clock() {
        return clock;
    }

    /** Completes when all tasklets are closed: normally, or with the first failure. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Lets every tasklet close at its next step, which is soon. */
    synchronized void stop() {
        stopping = true;
        live.forEach(Tasklet::wakeWorker);
    }

    /**
     * Takes a snapshot.
     *
     * @param isTerminal whether the execution ends behind it
     */
    synchronized CompletableFuture<Snapshot> snapshot(boolean isTerminal) {
        if (!keepsFinalStates) {
            throw new IllegalStateException("the job was started without snapshots");
        }
        if (snapshotDone != null && !snapshotDone.isDone()) {
            throw new IllegalStateException("the job takes a snapshot already");
        }
        snapshot = new Snapshot();
        snapshot.addAll(finalStates);
        snapshotDone = new CompletableFuture<>();
        unsaved.addAll(live);
        long id = requestedBarrier == null ? 1 : requestedBarrier.id() + 1;
        requestedBarrier = new Signal.Barrier(id, isTerminal);
        live.forEach(Tasklet::wakeWorker);
        completeSnapshotIfSaved();
        return snapshotDone;
    }

    Signal.Barrier requestedBarrier() {
        return requestedBarrier;
    }

    /** By a tasklet, at a barrier. */
    void save(Tasklet tasklet, Signal.Barrier barrier) {
        Snapshot taken;
        synchronized (this) {
            taken = snapshot;
        }
        taken.add(tasklet.tree);
        synchronized (this) {
            stoppedAtBarrier |= barrier.isTerminal();
            unsaved.remove(tasklet);
            completeSnapshotIfSaved();
        }
    }

    /** Whether a snapshot has ended the execution; false if it has come to its end by itself before. */
    synchronized boolean hasStoppedAtBarrier() {
        return stoppedAtBarrier;
    }

    /** By a tasklet that has done all its work, before it closes. */
    void finished(Tasklet tasklet) {
        if (!keepsFinalStates || hasSavedAndStopped(tasklet)) {
            return;
        }
        Snapshot states = new Snapshot();
        states.add(tasklet.tree);
        synchronized (this) {
            finalStates.addAll(states);
            if (unsaved.contains(tasklet)) { // else it has saved what it had at the barrier, and that counts
                snapshot.addAll(states);
            }
        }
    }

    private synchronized boolean hasSavedAndStopped(Tasklet tasklet) {
        return requestedBarrier != null && requestedBarrier.isTerminal() && !unsaved.contains(tasklet);
    }

    /** By a tasklet that has closed. */
    void closed(Tasklet tasklet, Throwable tasksFailure) {
        boolean isLast;
        Throwable reason;
        synchronized (this) {
            if (tasksFailure != null) {
                stop();
                if (failure == null) {
                    failure = tasksFailure;
                } else if (failure != tasksFailure) { // one exception may be thrown in several places
                    failure.addSuppressed(tasksFailure);
                }
            }
            live.remove(tasklet);
            unsaved.remove(tasklet);
            completeSnapshotIfSaved();
            isLast = live.isEmpty();
            reason = failure;
        }
        if (isLast) {
            if (reason == null) {
                closed.complete(null);
            } else {
                closed.completeExceptionally(reason);
            }
        }
    }

    private void completeSnapshotIfSaved() {
        if (snapshotDone == null || snapshotDone.isDone() || !unsaved.isEmpty()) {
            return;
        }
        if (stopping) {
            snapshotDone.completeExceptionally(
                    new IllegalStateException("the job ended before its snapshot was taken"));
        } else {
            snapshotDone.complete(snapshot);
        }
    }
}
