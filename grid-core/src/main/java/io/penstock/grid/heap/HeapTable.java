package io.penstock.grid.heap;

import io.penstock.grid.MapChange;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries of a heap map, with the limit on their number.
 *
 * <p>Every write is one {@code compute} of one key. An evicted key is never removed from within the compute of another,
 * which {@link ConcurrentHashMap} forbids: the new entry goes in first, then the excess goes out. The table therefore
 * exceeds the maximum of an evicting map by at most one entry for each writer in flight.
 *
 * <p><b>How a live table starts.</b> From the moment it is set, writers tell it of their changes; whoever set it then
 * puts what is present into it, each entry while its key is locked, so that no older value overwrites a newer one. One
 * case is left: a writer that asked before whom to tell, and whose new entry came into the table after the walk had
 * passed. So a writer looks again after its new entry is in the table, and if there is another live table by now, puts
 * the entry into it. One of the two sees the other, because either has a fence between its write and its read: the
 * writer in the counters that it increments, the other in the volatile field.
 */
final class HeapTable<K, V> {

    static final int MANY_WRITES = 1_024;

    private final ConcurrentHashMap<K, HeapEntry<V>> entries = new ConcurrentHashMap<>();
    private final EntryLimit<K, V> limit;
    private final MapCounters counters;
    private final Followers<K, V> followers = new Followers<>();
    /** Run now and then by writers while a live table follows, with no key locked. */
    private volatile Runnable afterManyWrites = () -> {};
    /** Counted without care by all writers: about when is good enough. */
    private int followedWrites;

    HeapTable(EntryLimit<K, V> limit, MapCounters counters) {
        this.limit = limit;
        this.counters = counters;
    }

    /** The table itself, for reading only. */
    ConcurrentHashMap<K, HeapEntry<V>> entries() {
        return entries;
    }

    V peek(Object key) {
        HeapEntry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** The number of changes in the journal; 0 if there is none. */
    int journalCount() {
        return 0;
    }

    /**
     * From when this returns until another one follows, the live table has what this table has.
     *
     * @param afterManyWrites is run by a writer after about {@value #MANY_WRITES} writes, again and again
     */
    void follow(LiveTable live, Runnable afterManyWrites) {
        this.afterManyWrites = afterManyWrites;
        followers.live(live);
        for (K key : entries.keySet()) {
            copy(key, live);
        }
    }

    void unfollow() {
        followers.live(null);
    }

    private void copy(K key, LiveTable live) {
        entries.computeIfPresent(key, (k, found) -> {
            live.put(k, found.value);
            return found;
        });
    }

    /** Changes a key, whether it is present or not. */
    Change<K, V> change(K key, Change.Step<K, V> step) {
        Change<K, V> change = new Change<>(limit, followers, step);
        try {
            entries.compute(key, change);
        } catch (Throwable e) {
            takeBack(key, change);
            throw e;
        }
        settle(change);
        if (change.admitted() != null) {
            LiveTable live = followers.live();
            if (live != null && live != change.told()) {
                copy(key, live);
            }
            evictExcess();
        }
        return change;
    }

    /** Changes a key if it is present; the step is not called otherwise. */
    @SuppressWarnings("unchecked") // a key of another class is simply absent
    Change<K, V> changePresent(Object key, Change.Step<K, V> step) {
        Change<K, V> change = new Change<>(limit, followers, step);
        entries.computeIfPresent((K) key, change);
        settle(change);
        return change;
    }

    private void settle(Change<K, V> change) {
        if (change.stored()) {
            counters.puts.increment();
        } else if (change.removed()) {
            limit.left();
            counters.removes.increment();
        }
        if (followers.live() != null && ++followedWrites % MANY_WRITES == 0) {
            afterManyWrites.run();
        }
    }

    private void evictExcess() {
        for (LinkedEntry<K, V> first = limit.excess(); first != null; first = limit.excess()) {
            LinkedEntry<K, V> candidate = first;
            entries.computeIfPresent(candidate.key, (key, found) -> {
                if (found != candidate) {
                    return found; // gone by now, and the key came back
                }
                followers.removes(MapChange.Kind.EVICT, key, found.value);
                limit.leave(candidate);
                counters.evictions.increment();
                return null;
            });
        }
    }

    /** The table failed after the entry was admitted, for want of memory or on a function that wrote to its own map. */
    private void takeBack(K key, Change<K, V> change) {
        HeapEntry<V> admitted = change.admitted();
        if (admitted != null && entries.get(key) != admitted) {
            limit.leave(admitted);
            limit.left();
            entries.compute(key, (k, found) -> {
                if (found == null && change.announced()) {
                    followers.removes(MapChange.Kind.REMOVE, k, admitted.value);
                }
                return found;
            });
        }
    }
}
