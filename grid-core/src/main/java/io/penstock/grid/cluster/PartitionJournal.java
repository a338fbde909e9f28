package io.penstock.grid.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The event journals of a map's partitions, and its entries. Nothing here blocks, but for {@link #scan}. A stage
 * completes on a thread of the cluster's, which must not be held up.
 */
interface PartitionJournal {

    int partitionCount();

    int partitionOf(Stored key);

    /** The partitions whose owner is this member; of a client none. */
    BitSet ownPartitions();

    /**
     * Asks how far the journals of some partitions go. Each answer is of a moment after the call: it counts every
     * event of a write whose call returned before.
     */
    CompletionStage<JournalHeads> heads(BitSet partitions);

    /**
     * Reads the events from a number on, which are in order and without holes. If the first was dropped, begins with
     * the oldest that is kept. If the journal does not go so far, and {@code countMin} is above 0, it waits, and may
     * then begin with an earlier one.
     *
     * @param countMin completes when there are so many; at most the journal's capacity
     */
    CompletionStage<List<JournalEvent>> read(int partition, long from, int countMin, int countMax);

    /** The entries of a partition, some of which may change meanwhile. Blocks. */
    Map<Stored, Stored> scan(int partition);
}
