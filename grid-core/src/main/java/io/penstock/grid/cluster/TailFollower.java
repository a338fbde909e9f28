package io.penstock.grid.cluster;

import java.util.BitSet;
import java.util.List;

/** Is told of events by a {@link JournalTail}. Every method is called by the tail's thread. */
interface TailFollower {

    /** The partitions to follow. It may change; the tail looks again before each {@link #work}. */
    BitSet partitions();

    /** The next events of a partition, without a hole after those before. */
    void onEvents(int partition, List<JournalEvent> events);

    /**
     * The tail lost its place in a partition, and looks for another.
     *
     * @param isLost whether what was known of the partition's entries before is of no worth
     */
    void onGap(int partition, boolean isLost);

    /**
     * How far the journals of all followed partitions went at some moment after {@code askedNs}.
     *
     * @param askedNs as {@link System#nanoTime}
     */
    void onHeads(long askedNs, JournalHeads heads);

    /**
     * Does what there is to do now.
     *
     * @return in how many ns there is more to do; {@link Long#MAX_VALUE} if only after the next call of another method
     */
    long work();
}
