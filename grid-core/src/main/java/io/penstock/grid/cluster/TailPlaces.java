package io.penstock.grid.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How far a {@link JournalTail} knows the journals; written by its thread, read by any. */
final class TailPlaces {

    static final long UNKNOWN = -1;

    /** By partition, the next event to tell of; {@link #UNKNOWN} while that is to be found, or it is not followed. */
    private final AtomicLongArray next;
    /** By partition, the oldest event at the last heartbeat. */
    private final AtomicLongArray oldest;

    TailPlaces(int partitionCount) {
        next = new AtomicLongArray(partitionCount);
        oldest = new AtomicLongArray(partitionCount);
        forgetAll();
    }

    long next(int partition) {
        return next.get(partition);
    }

    long oldest(int partition) {
        return oldest.get(partition);
    }

    void next(int partition, long place) {
        next.set(partition, place);
    }

    void oldest(int partition, long place) {
        oldest.set(partition, place);
    }

    void forget(int partition) {
        next.set(partition, UNKNOWN);
    }

    void forgetAll() {
        for (int partition = 0; partition < next.length(); partition++) {
            forget(partition);
        }
    }

    /** The next events of all partitions. */
    long[] allNext() {
        return IntStream.range(0, next.length()).mapToLong(next::get).toArray();
    }

    /** How far the journals go as far as is known; -1 for a partition of which it is not. */
    CompletionStage<JournalHeads> known() {
        JournalHeads known = new JournalHeads(next.length());
        for (int partition = 0; partition < next.length(); partition++) {
            known.set(partition, oldest.get(partition), next.get(partition));
        }
        return CompletableFuture.completedFuture(known);
    }

    /** By partition, how many events its journal keeps. */
    LongStream keptCounts() {
        return IntStream.range(0, next.length())
                .mapToLong(partition -> Math.max(0, next.get(partition) - oldest.get(partition)));
    }
}
