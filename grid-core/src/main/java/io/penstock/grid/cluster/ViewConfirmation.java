package io.penstock.grid.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When it was last proven that a view's table has everything: a heartbeat asks how far the journals go, and as soon as
 * the table has followed them so far, it is known to be as new as the map was when the heartbeat set out. Every entry
 * that the table shows is of a partition for which this was proven; one that is not loaded yet shows none.
 *
 * <p>Times are of {@link System#nanoTime}.
 */
final class ViewConfirmation {

    private final LongSupplier heartbeatNs;
    private volatile boolean isLoaded;
    private volatile long confirmedNs;
    /** When a partition was last shown. */
    private volatile long cameOnNs;
    /** When somebody got an owner's answer because the table was too far behind; what is older must not follow it. */
    private volatile long ownerAskedNs;
    // ---- by the table's thread
    private boolean isWaiting;
    private long askedNs;
    private long[] wanted;

    ViewConfirmation(LongSupplier heartbeatNs) {
        this.heartbeatNs = heartbeatNs;
        confirmedNs = System.nanoTime();
        ownerAskedNs = confirmedNs;
        cameOnNs = confirmedNs;
    }

    // ---- for readers

    /** How old what the table shows may be at most. */
    long ageNs() {
        return System.nanoTime() - confirmedNs;
    }

    /** {@link #ageNs}, or 0 if that is only because the next heartbeat has not come back yet. */
    long lagNs() {
        long ageNs = ageNs();
        return ageNs <= 2 * heartbeatNs.getAsLong() ? 0 : ageNs;
    }

    /** Whether the table is recent enough, and newer than what somebody was told because it was not. */
    boolean isWithin(long maxLagNs) {
        long provenNs = confirmedNs;
        return System.nanoTime() - provenNs <= maxLagNs && provenNs - ownerAskedNs >= 0;
    }

    /** Somebody has asked an owner instead. */
    void ownerAnswered() {
        ownerAskedNs = System.nanoTime();
    }

    // ---- for whoever opens a view

    /**
     * Waits until the table has all that was in the map at some moment after a time.
     *
     * @return false if the table did not come on for too long
     */
    synchronized boolean await(long sinceNs, long waitNsMax) throws InterruptedException {
        long waitSinceNs = System.nanoTime();
        while (!isLoaded || confirmedNs - sinceNs < 0) {
            long leftNs = waitNsMax - (System.nanoTime() - Math.max(waitSinceNs, cameOnNs));
            if (leftNs <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(leftNs, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return true;
    }

    // ---- for the table

    /** One more partition is shown. */
    void cameOn() {
        cameOnNs = System.nanoTime();
    }

    /** A heartbeat came back. If an older one still waits to be reached, that one counts first. */
    void asked(long sinceNs, long[] heads) {
        if (!isWaiting) {
            isWaiting = true;
            askedNs = sinceNs;
            wanted = heads;
        }
    }

    /** What was asked for may never be reached, since a journal is another now. */
    void giveUp() {
        isWaiting = false;
    }

    /** The number up to which a partition must have been followed; 0 for none. */
    long wanted(int partition) {
        return isWaiting ? wanted[partition] : 0;
    }

    /** @param isCurrent whether all that is shown has been followed up to what is wanted */
    void found(boolean isLoadedNow, boolean isCurrent) {
        boolean proves = isWaiting && isCurrent;
        if (!proves && isLoaded == isLoadedNow) {
            return;
        }
        synchronized (this) {
            if (proves) {
                isWaiting = false;
                confirmedNs = askedNs;
            }
            isLoaded = isLoadedNow;
            notifyAll();
        }
    }
}
