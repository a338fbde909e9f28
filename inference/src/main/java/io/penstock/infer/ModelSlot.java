package io.penstock.infer;

/**
 * Where this JVM keeps the current version of one model.
 *
 * <p>Who scores takes what is current for one batch ({@link #acquire}), so that a new version takes over between two
 * batches and the old one is closed as soon as the last batch that it runs is done. A stage of a running job is
 * attached: while one is, there is always a current version, also while the grid closes.
 *
 * <p><b>Locks.</b> Changes are made under this object's monitor, by threads that deploy, open and close; reading
 * {@code current} takes none. A version leaves {@code current} before the slot gives it up, so whoever finds it given
 * up finds another one there, or none.
 */
final class ModelSlot {

    private volatile LoadedVersion current;
    private int attached;
    private boolean closed;

    /** The current version, to be released after use; null if there is none. */
    LoadedVersion acquire() {
        while (true) {
            LoadedVersion version = current;
            if (version == null || version.acquire()) {
                return version;
            }
        }
    }

    /** Only under this object's monitor can it be relied on for longer than a moment. */
    LoadedVersion current() {
        return current;
    }

    /** How many stages use the model. */
    synchronized int attached() {
        return attached;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Gives up the current version for another one, or for none. */
    synchronized void replace(LoadedVersion next) {
        LoadedVersion before = current;
        current = next;
        if (before != null) {
            before.release();
        }
    }

    synchronized void attach() {
        attached++;
    }

    synchronized void detach() {
        attached--;
        giveUpIfUnused();
    }

    /** Gives up the current version, at once or when the last attached stage has closed. */
    synchronized void close() {
        closed = true;
        giveUpIfUnused();
    }

    private void giveUpIfUnused() {
        if (closed && attached == 0) {
            replace(null);
        }
    }
}
