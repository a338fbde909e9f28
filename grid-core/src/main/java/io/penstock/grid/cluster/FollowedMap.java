package io.penstock.grid.cluster;

import io.penstock.grid.ChangesLostException;
import io.penstock.grid.host.HostedMap;
import java.util.function.LongSupplier;

/**
 * What those who follow a map share.
 *
 * @param capacity the number of events that the journal of each partition keeps
 * @param journalId may ask the cluster
 * @param check counts the losses that could not be heard of while there was no connection; may ask the cluster
 */
record FollowedMap<K, V>(
        HostedMap<K, V> map, PartitionJournal journal, ChangeForm<K, V> form, Answers answers, int capacity,
        JournalHealth health, LongSupplier journalId, Runnable check) {

    String text(String what) {
        return "map '" + map.ref().name() + "': " + what;
    }

    /** Counts what a reader lost, and says so. */
    ChangesLostException gap(int partition, long lostCount, long oldest) {
        if (lostCount < 0) {
            return new ChangesLostException(
                    text("the journal of partition " + partition + " is not the one that was read before: its members"
                            + " were lost, a split cluster was merged, or the map was destroyed; read the partition"
                            + " anew with readContent(" + partition + ")"),
                    partition, -1);
        }
        map.counters().lostChanges.add(lostCount);
        return new ChangesLostException(
                text("a reader of its changes fell behind and lost " + lostCount + " of partition " + partition
                        + ", those before change " + oldest + "; read the partition anew with readContent(" + partition
                        + "), poll more often, or raise journalCapacity, which is " + capacity),
                partition, lostCount);
    }
}
