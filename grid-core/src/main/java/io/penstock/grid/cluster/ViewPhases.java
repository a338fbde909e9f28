package io.penstock.grid.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Which partitions of a view's table are complete, and who may ask the owners meanwhile.
 *
 * <p><b>Absence.</b> A reader that does not find a key looks here: if the partition of the key is complete, it looks
 * again, and if the {@linkplain #version() version} is still the same, the key was absent at that second look: the
 * table had all entries of the partition before it, and none was taken away for any other reason than that the map
 * lost it.
 *
 * <p><b>Nobody sees an older value.</b> What an owner answers is newer than what the table is about to show when it has
 * loaded the partition. So before a partition is shown, it is closed: nobody may ask the owner any more, and those who
 * do are waited for. Then the table asks how far the journal goes, follows it so far, and shows the partition, which is
 * now at least as new as every answer that somebody got. Readers who came meanwhile wait for this, about a
 * millisecond, and find the key in the table. And whoever has leave to ask the owner looks into the table once more
 * before: the partition may have been shown, and opened again, since the key was not found.
 *
 * <p>Only the thread that fills the table changes phases.
 */
final class ViewPhases {

    /** The table has not all entries: ask the owner. */
    private static final int INCOMPLETE = 0;
    /** The table is about to show the partition: wait. */
    private static final int CLOSED = 1;
    /** What is not in the table is not in the map. */
    private static final int COMPLETE = 2;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final AtomicIntegerArray phases;
    private final AtomicIntegerArray asking;
    private volatile long version;
    private volatile boolean isAllComplete;
    private int completeCount;

    ViewPhases(int partitionCount) {
        phases = new AtomicIntegerArray(partitionCount);
        asking = new AtomicIntegerArray(partitionCount);
    }

    // ---- for readers

    /** Changes whenever a partition stops being complete, before its entries go. */
    long version() {
        return version;
    }

    boolean isAllComplete() {
        return isAllComplete;
    }

    boolean isComplete(int partition) {
        return phases.get(partition) == COMPLETE;
    }

    /**
     * Asks for leave to ask the owner of a key, if need be after a wait.
     *
     * @param waitNsMax how long to wait; after that, asking is better than not answering
     * @return whether there is leave, to be given back with {@link #leave}; otherwise the partition is complete
     */
    boolean enter(int partition, long waitNsMax) {
        long startNs = System.nanoTime();
        while (true) {
            asking.incrementAndGet(partition); // before the look at the phase: close() writes, then reads, the reverse
            int phase = phases.get(partition);
            if (phase == INCOMPLETE || phase == CLOSED && System.nanoTime() - startNs > waitNsMax) {
                return true;
            }
            asking.decrementAndGet(partition);
            if (phase == COMPLETE) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    void leave(int partition) {
        asking.decrementAndGet(partition);
    }

    // ---- for the table

    /** The owner is to be asked; call it before any entry goes for that reason. */
    void open(int partition) {
        int before = phases.getAndSet(partition, INCOMPLETE);
        if (before == COMPLETE) {
            completeCount--;
            isAllComplete = false;
            version++; // written by one thread
        }
    }

    void close(int partition) {
        phases.set(partition, CLOSED);
    }

    boolean isClosed(int partition) {
        return phases.get(partition) == CLOSED;
    }

    /** Whether nobody asks the owner of a closed partition any more. */
    boolean isQuiet(int partition) {
        return asking.get(partition) == 0;
    }

    /** The table has all entries. */
    void complete(int partition) {
        phases.set(partition, COMPLETE);
        completeCount++;
        isAllComplete = completeCount == phases.length();
    }
}
