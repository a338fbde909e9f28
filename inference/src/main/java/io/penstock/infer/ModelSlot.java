package io.penstock.infer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where this JVM keeps the versions of one model that are in effect, now or from an event time on.
 *
 * <p>Who scores takes what is current for one batch ({@link #acquire}), so that a new version takes over between two
 * batches and the old one is closed as soon as the last batch that it runs is done. A stage of a running job is
 * attached: while one is, there is always a current schedule, also while the grid closes.
 *
 * <p><b>Locks.</b> Changes are made under this object's monitor, by threads that deploy, open and close; reading
 * {@code current} takes none. A version leaves {@code current} before the slot gives it up, so whoever finds it given
 * up finds another schedule there, or none.
 */
final class ModelSlot {

    private volatile Schedule current;
    private final List<Attachment> attached = new ArrayList<>();
    private boolean closed;

    /** The current schedule, to be released after use; null if there is none. */
    Schedule acquire() {
        while (true) {
            Schedule schedule = current;
            if (schedule == null || schedule.acquire()) {
                return schedule;
            }
        }
    }

    /** Only under this object's monitor can it be relied on for longer than a moment. */
    Schedule current() {
        return current;
    }

    /** How many stages use the model. */
    synchronized int attached() {
        return attached.size();
    }

    /** Whether no attached stage will get a row with a time before this, but late ones. */
    synchronized boolean hasPassed(long timeMs) {
        return attached.stream().allMatch(stage -> stage.watermarkMs() >= timeMs);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Takes another schedule, or none, and gives up the versions that are not in it. */
    synchronized void replace(Schedule next) {
        Schedule before = current;
        current = next;
        if (before != null) {
            List<LoadedVersion> kept = next == null ? List.of() : next.versions();
            before.versions().stream().filter(version -> !kept.contains(version)).forEach(LoadedVersion::release);
        }
    }

    synchronized Attachment attach() {
        Attachment stage = new Attachment(this);
        attached.add(stage);
        return stage;
    }

    synchronized void detach(Attachment stage) {
        attached.remove(stage);
        giveUpIfUnused();
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
