package io.penstock.grid.cluster;

/**
 * From where to where the journals of partitions went at a moment; of those that were asked.
 *
 * @param oldest by partition, the number of the oldest event that is kept, or of the next if there is none
 * @param next by partition, the number that the next event will have
 */
record JournalHeads(long[] oldest, long[] next) {

    JournalHeads(int partitionCount) {
        this(new long[partitionCount], new long[partitionCount]);
    }

    void set(int partition, long oldestSequence, long nextSequence) {
        oldest[partition] = oldestSequence;
        next[partition] = nextSequence;
    }
}
