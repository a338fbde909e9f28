package io.penstock.grid.cluster;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what may have changed the journals of a map behind the backs of readers, who compare with what they knew. */
final class JournalHealth {

    private final AtomicLongArray losses;
    private final AtomicLongArray doubts;
    private final AtomicLong departures = new AtomicLong();

    JournalHealth(int partitionCount) {
        losses = new AtomicLongArray(partitionCount);
        doubts = new AtomicLongArray(partitionCount);
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

    private long losses(int partition) {
        return losses.get(partition);
    }

    /**
     * The owner of the partition was lost, and some of its entries may have gone without a writer: because their time
     * ended, or by the map's limit. Owner and backup each do that at a time of their own, and their journals then have
     * the same events in different places, so that the last event does not show whether one before it was missed.
     */
    void doubt(int partition) {
        doubts.incrementAndGet(partition);
    }

    private long doubts(int partition) {
        return doubts.get(partition);
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

    /** What may have happened to a partition's journal since somebody looked. */
    enum Break { NONE, DOUBT, LOSS }

    /** What somebody has looked at, at first all of now. Used by one thread. */
    Seen seen() {
        return new Seen();
    }

    /** How much of the losses and doubts somebody has seen. */
    final class Seen {

        private final long[] seenLosses = new long[losses.length()];
        private final long[] seenDoubts = new long[losses.length()];

        private Seen() {
            for (int partition = 0; partition < seenLosses.length; partition++) {
                look(partition);
            }
        }

        /** The worst that happened since the last look. */
        Break look(int partition) {
            long presentLosses = losses(partition);
            long presentDoubts = doubts(partition);
            boolean isLost = seenLosses[partition] != presentLosses;
            boolean isDoubtful = seenDoubts[partition] != presentDoubts;
            seenLosses[partition] = presentLosses;
            seenDoubts[partition] = presentDoubts;
            return isLost ? Break.LOSS : isDoubtful ? Break.DOUBT : Break.NONE;
        }
    }
}
