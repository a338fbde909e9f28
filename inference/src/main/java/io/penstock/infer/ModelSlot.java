package io.penstock.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where this JVM keeps the versions of one model that are in effect, now or from an event time on.
 *
 * <p>Who scores takes what is current for one batch ({@link #acquire}), so that a new version takes over between two
 * batches and the old one is closed as soon as the last batch that it runs is done. A stage of a running job is
 * attached: while one is, there is always a current schedule, also while the grid closes.
 *
 * <p><b>Locks.</b> Who deploys, removes, or loads what others deployed holds {@link #changing}, which may take long,
 * and looks at what is stored only then: so what is current never goes back. All else is guarded by this object's
 * monitor, for moments; reading {@code current} takes none. A version leaves {@code current} before the slot gives it
 * up, so whoever finds it given up finds another schedule there, or none.
 */
final class ModelSlot {

    private final String name;
    private final ModelPeers peers;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Schedule current;
    private final List<Attachment> attached = new ArrayList<>();
    private boolean closed;

    /** @param peers who are told when the last stage has gone */
    ModelSlot(String name, ModelPeers peers) {
        this.name = name;
        this.peers = peers;
    }

    String name() {
        return name;
    }

    /** Held by who changes what is current. */
    ReentrantLock changing() {
        return changing;
    }

    /** The current schedule, to be released after use; null if there is none. */
    Schedule acquire() {
        while (true) {
            Schedule schedule = current;
            if (schedule == null || schedule.acquire()) {
                return schedule;
            }
        }
    }

    /** Only with {@link #changing} held can it be relied on for longer than a moment. */
    Schedule current() {
        return current;
    }

    /** The version of what is current that was deployed last; 0 if there is none. */
    int version() {
        Schedule schedule = current;
        return schedule == null ? 0 : schedule.latest().info().version();
    }

    /** How many stages use the model. */
    synchronized int attached() {
        return attached.size();
    }

    /** No attached stage, of which there may be none, will get a row with a time before this, but late ones. */
    synchronized long watermarkMs() {
        return attached.stream().mapToLong(Attachment::watermarkMs).min().orElse(Long.MAX_VALUE);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Takes another schedule, or none, and gives up the versions that are not in it. A closed slot takes none, and
     * gives up those that it does not have.
     */
    synchronized void replace(Schedule next) {
        Schedule before = current;
        if (closed && next != null) {
            giveUp(next, before);
            return;
        }
        current = next;
        giveUp(before, next);
    }

    /** Gives up what is in one schedule and not in another. */
    private static void giveUp(Schedule schedule, Schedule other) {
        if (schedule != null) {
            List<LoadedVersion> kept = other == null ? List.of() : other.versions();
            schedule.versions().stream().filter(version -> !kept.contains(version)).forEach(LoadedVersion::release);
        }
    }

    /** The caller, who holds {@link #changing}, sees to it that there is something current before the stage looks. */
    synchronized Attachment attach() {
        Attachment stage = new Attachment(this);
        attached.add(stage);
        return stage;
    }

    void detach(Attachment stage) {
        synchronized (this) {
            attached.remove(stage);
            giveUpIfUnused();
        }
        peers.changed(this);
    }

    /** Gives up the current schedule, at once or when the last attached stage has closed. */
    synchronized void close() {
        closed = true;
        giveUpIfUnused();
    }

    private void giveUpIfUnused() {
        if (closed && attached.isEmpty()) {
            replace(null);
        }
    }
}
