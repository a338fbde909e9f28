package io.penstock.grid.cluster;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what may have changed the journals of a map behind the backs of readers, who compare with what they knew. */
final class JournalHealth {

    private final AtomicLongArray losses;
    private final AtomicLong departures = new AtomicLong();

    JournalHealth(int partitionCount) {
        losses = new AtomicLongArray(partitionCount);
    }

    /** What was read of the partition before does not fit to what is read now. */
    void lost(int partition) {
        losses.incrementAndGet(partition);
    }

    void allLost() {
        for (int partition = 0; partition < losses.length(); partition++) {
            lost(partition);
        }
    }

    long losses(int partition) {
        return losses.get(partition);
    }

    /**
     * A member has left. The journals that it owned are now those of its backups, which may lack their last events, and
     * may have as many others instead, so that only a look at the last event shows it.
     */
    void memberLeft() {
        departures.incrementAndGet();
    }

    long departures() {
        return departures.get();
    }
}
