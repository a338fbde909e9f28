package io.penstock.grid.heap;

import io.penstock.grid.MapChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists the entries of partitions, each as it is at one moment, together with the place in the partition's journal at
 * which the moment is.
 *
 * <p>One walk over the map, which stops nobody, finds the keys of all partitions. It may miss some that come
 * meanwhile; but these are in the journal. So the keys of a partition at the moment at which its monitor is taken are
 * among those of the walk and those in the journal since the walk began. If the journal has lost some by then, there
 * is a walk under the monitor.
 */
final class ContentListing<K, V> {

    private final HeapTable<K, V> table;
    private final List<Journal<K, V>> journals;
    /** By partition the keys that the walk found, until the partition is listed; null for those not asked for. */
    private final List<List<K>> keys = new ArrayList<>();
    /** By partition the next change when the walk began. */
    private final long[] begin;

    ContentListing(HeapTable<K, V> table, List<Journal<K, V>> journals, Collection<Integer> partitions) {
        table.refuseInFunction();
        this.table = table;
        this.journals = journals;
        begin = new long[journals.size()];
        for (int partition = 0; partition < journals.size(); partition++) {
            begin[partition] = journals.get(partition).nextSequence();
            keys.add(partitions.contains(partition) ? new ArrayList<>() : null);
        }
        for (K key : table.entries().keySet()) {
            List<K> ofPartition = keys.get(table.partition(key).number);
            if (ofPartition != null) {
                ofPartition.add(key);
            }
        }
    }

    boolean has(int partition) {
        return keys.get(partition) != null;
    }

    /**
     * Adds the entries of a partition to a list, once.
     *
     * @return the number of the next change
     */
    long list(int number, Collection<MapChange<K, V>> into) {
        Set<K> candidates = new LinkedHashSet<>(keys.set(number, null));
        Partition<K, V> partition = table.partitions()[number];
        synchronized (partition) {
            Journal<K, V> journal = journals.get(number);
            long next = journal.nextSequence();
            if (begin[number] < journal.oldestSequence()) {
                addKeysOf(partition, candidates);
            } else {
                List<MapChange<K, V>> since = new ArrayList<>();
                journal.read(begin[number], Integer.MAX_VALUE, since);
                since.forEach(change -> candidates.add(change.key()));
            }
            for (K key : candidates) {
                Object held = table.entries().get(key);
                if (held != null) {
                    into.add(new MapChange<>(
                            number, next, MapChange.Kind.PRESENT, key, null, EntryStore.<V>bare(held)));
                }
            }
            return next;
        }
    }

    private void addKeysOf(Partition<K, V> partition, Set<K> candidates) {
        for (K key : table.entries().keySet()) {
            if (table.partition(key) == partition) {
                candidates.add(key);
            }
        }
    }
}
