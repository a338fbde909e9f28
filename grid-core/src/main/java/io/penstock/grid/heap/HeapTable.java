package io.penstock.grid.heap;

import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.Expiring;
import io.penstock.grid.host.MapCounters;
import io.penstock.grid.view.LiveTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * The entries of a heap map, with their limit and their deadlines.
 *
 * <p><b>Locks.</b> Every write is made under the monitor of its key's {@link Partition}, which also tells the
 * followers; a reader takes none. Under such a monitor come those of the {@link Journal}, the {@link LiveTable}, the
 * limit and the indexes, which take no others. An evicted key is removed after its writer has left its own partition,
 * so that nobody holds two; a function that writes to its own map would, and is refused.
 */
final class HeapTable<K, V> implements Expiring {

    static final int MANY_WRITES = 1_024;
    private static final int EXPIRED_AT_ONCE = 256;

    private final String mapName;
    private final EntryStore<K, V> store;
    private final ConcurrentHashMap<K, Object> entries;
    private final EntryLimit<K, V> limit;
    private final MapCounters counters;
    /** Held by who removes what has expired; taken with no key locked. */
    private final ReentrantLock expiry = new ReentrantLock();
    /** Run now and then by writers while a live table follows, with no key locked. */
    private volatile Runnable afterManyWrites;
    /** Counted without care by all writers: about when is good enough. */
    private int followedWrites;
    private volatile Runnable afterJournaled;

    HeapTable(String mapName, EntryStore<K, V> store, MapCounters counters) {
        this.mapName = mapName;
        this.store = store;
        this.counters = counters;
        entries = store.entries;
        limit = store.limit;
    }

    // ---- reading

    /** The value of a key, which counts as its use. */
    @SuppressWarnings("unchecked") // the map holds bare values
    V read(Object key) {
        Object held = entries.get(key);
        return store.isMixed() ? readMixed(key, held) : (V) held;
    }

    private V readMixed(Object key, Object held) {
        V value = peekMixed(key, held);
        if (value != null) {
            limit.read(key);
        }
        return value;
    }

    /** The value of a key. */
    @SuppressWarnings("unchecked") // the map holds bare values
    V peek(Object key) {
        Object held = entries.get(key);
        return store.isMixed() ? peekMixed(key, held) : (V) held;
    }

    private V peekMixed(Object key, Object held) {
        HeapEntry<K, V> entry = EntryStore.entryOf(held);
        return entry != null && entry.isTimed() && entry.hasExpired(store.nowNs())
                ? expireAndPeek(key)
                : EntryStore.bare(held);
    }

    /**
     * Removes the entry that has expired, under the lock of its partition: a writer who has found it alive may be just
     * about to replace it, and a reader who did not wait would say that there is nothing after it, and the writer that
     * there was something until it.
     */
    private V expireAndPeek(Object key) {
        if (counters.isInFunction()) {
            return null; // it holds another lock already
        }
        Partition<K, V> partition = store.partition(key);
        V value;
        synchronized (partition) {
            @SuppressWarnings("unchecked") // it was found
            K typed = (K) key;
            value = EntryStore.bare(store.present(partition, typed, store.nowNs()));
        }
        afterWrite(partition);
        return value;
    }

    /** The value in what is held for a key; null if it has expired. */
    V valueOf(Object held) {
        return store.valueOf(held);
    }

    /** How long a key still lives: {@link HeapEntry#NEVER} if it does not expire, 0 if it is absent. */
    long leftNs(Object key) {
        Object held = entries.get(key);
        HeapEntry<K, V> entry = EntryStore.entryOf(held);
        if (entry == null || !entry.isTimed()) {
            return held == null ? 0 : HeapEntry.NEVER;
        }
        return Math.max(0, entry.deadlineNs - store.nowNs());
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        entries.forEach((key, held) -> {
            V value = store.valueOf(held);
            if (value != null) {
                action.accept(key, value);
            }
        });
    }

    /** The number of entries, after what has to go is gone. */
    long entryCount() {
        tidy();
        return entryCountAsIs();
    }

    long entryCountAsIs() {
        return entries.mappingCount();
    }

    /** The size of all entries; 0 if the map does not count bytes. */
    long bytes() {
        return limit.bytes();
    }

    Partition<K, V> partition(Object key) {
        return store.partition(key);
    }

    Partition<K, V>[] partitions() {
        return store.partitions;
    }

    /** What is held by key, for reading only. */
    ConcurrentHashMap<K, Object> entries() {
        return entries;
    }

    // ---- writing

    V put(K key, V value) {
        makeRoom();
        Partition<K, V> partition = store.partition(key);
        V before;
        synchronized (partition) {
            refuseInFunction();
            before = store.put(partition, key, value);
        }
        afterWrite(partition);
        return before;
    }

    V put(K key, V value, long ttlNs) {
        return change(key, (k, before, change) -> {
            change.ttlNs(ttlNs);
            return value;
        }).before();
    }

    /** Changes a key, whether it is present or not. */
    Change<K, V> change(K key, Change.Step<K, V> step) {
        return change(key, false, step);
    }

    /** Changes a key if it is present; the step is not called otherwise. */
    @SuppressWarnings("unchecked") // a key of another class is simply absent
    Change<K, V> changePresent(Object key, Change.Step<K, V> step) {
        return change((K) key, true, step);
    }

    private Change<K, V> change(K key, boolean onlyPresent, Change.Step<K, V> step) {
        makeRoom();
        Change<K, V> change = new Change<>();
        Partition<K, V> partition = store.partition(key);
        synchronized (partition) {
            refuseInFunction();
            long writeNs = store.writeNs();
            Object found = store.present(partition, key, writeNs);
            if (found == null && onlyPresent) {
                return change;
            }
            counters.enterFunction();
            try {
                change.decide(key, EntryStore.bare(found), step);
            } finally {
                counters.leaveFunction();
            }
            if (change.stored()) {
                store.store(partition, key, found, change.after(), change.ttlNs(), writeNs);
            } else if (change.removed()) {
                store.drop(partition, key, found, Kind.REMOVE, true);
            }
        }
        afterWrite(partition);
        return change;
    }

    /** Removes a key. */
    V remove(Object key, Kind kind) {
        Partition<K, V> partition = store.partition(key);
        V before;
        synchronized (partition) {
            refuseInFunction();
            @SuppressWarnings("unchecked") // a key of another class is simply absent
            K typed = (K) key;
            Object found = store.present(partition, typed, store.writeNs());
            before = EntryStore.bare(found);
            if (found != null) {
                store.drop(partition, typed, found, kind, true);
            }
        }
        afterWrite(partition);
        return before;
    }

    /** Removes all keys that are present, one by one. */
    void clear() {
        for (K key : entries.keySet()) {
            remove(key, Kind.CLEAR);
        }
    }

    /** Refuses what would lock another key, or the whole map, while a function holds up its own. */
    void refuseInFunction() {
        if (counters.isInFunction()) {
            throw new IllegalStateException("map '" + mapName + "': a function that was given to it writes to it, or"
                    + " begins to follow it; return the new value from the function, or do so after it has returned");
        }
    }

    // ---- what has to go

    /** Removes all that has expired, and all that is to be evicted. Does nothing within a function. */
    void tidy() {
        if (counters.isInFunction()) {
            return;
        }
        expire();
        awaitExpiry();
        if (store.isMixed()) {
            limit.settle();
            evict();
        }
    }

    /** Removes what has expired, before something is refused or evicted on its account. */
    private void makeRoom() {
        expire();
        if (expiry.isLocked() && store.isFull() && !counters.isInFunction()) {
            awaitExpiry();
        }
    }

    /** Waits until another thread, if there is one, has removed what has expired. */
    private void awaitExpiry() {
        if (expiry.isLocked()) {
            expiry.lock();
            expiry.unlock();
        }
    }

    /** Whether there are entries that will expire. */
    @Override
    public boolean isTimed() {
        return store.nextDeadlineNs.get() != HeapEntry.NEVER;
    }

    /** Removes all that has expired, unless another thread is about it. Does nothing within a function. */
    @Override
    public void expire() {
        if (!isTimed() || store.nextDeadlineNs.get() > store.nowNs() || counters.isInFunction() || !expiry.tryLock()) {
            return;
        }
        try {
            long nowNs = store.nowNs();
            store.nextDeadlineNs.set(HeapEntry.NEVER); // before partitions are asked: what comes now lowers it again
            for (Partition<K, V> partition : store.partitions) {
                while (partition.hasExpired(nowNs)) {
                    expireSome(partition, nowNs);
                    afterWrite(partition);
                }
            }
        } finally {
            for (Partition<K, V> partition : store.partitions) {
                store.nextDeadlineNs.accumulateAndGet(partition.nextDeadlineNs(), Math::min);
            }
            expiry.unlock();
        }
    }

    /** Removes some of what has expired, so that writers do not wait long. */
    private void expireSome(Partition<K, V> partition, long nowNs) {
        synchronized (partition) {
            for (int i = 0; i < EXPIRED_AT_ONCE; i++) {
                HeapEntry<K, V> expired = partition.pollExpired(nowNs);
                if (expired == null) {
                    break;
                }
                store.drop(partition, expired.key, expired, Kind.EXPIRE, false);
            }
        }
    }

    private void evict() {
        for (HeapEntry<K, V> victim = limit.victim(); victim != null; victim = limit.victim()) {
            Partition<K, V> partition = store.partition(victim.key);
            synchronized (partition) {
                if (entries.get(victim.key) == victim) {
                    Kind kind = victim.hasExpired(store.nowNs()) ? Kind.EXPIRE : Kind.EVICT;
                    store.drop(partition, victim.key, victim, kind, true);
                }
            }
            afterJournaled();
        }
    }

    private void afterWrite(Partition<K, V> partition) {
        if (store.isMixed()) {
            evict();
        }
        if (partition.followers.any()) {
            afterJournaled();
            Runnable afterMany = afterManyWrites;
            if (afterMany != null && ++followedWrites % MANY_WRITES == 0) {
                afterMany.run();
            }
        }
    }

    private void afterJournaled() {
        Runnable told = afterJournaled;
        if (told != null) {
            told.run();
        }
    }

    // ---- followers

    /** The journals, made when first asked for. */
    synchronized List<Journal<K, V>> journals(int capacity) {
        List<Journal<K, V>> journals = new ArrayList<>(store.partitions.length);
        for (Partition<K, V> partition : store.partitions) {
            synchronized (partition) {
                if (partition.followers.journal() == null) {
                    partition.followers.journal(new Journal<>(partition.number, capacity));
                }
                journals.add(partition.followers.journal());
            }
        }
        return journals;
    }

    /** Has something run by writers after their changes are in the journal, with no key locked. */
    void afterJournaled(Runnable afterJournaled) {
        this.afterJournaled = afterJournaled;
    }

    /**
     * From when this returns until another one follows, the live table has what this table has.
     *
     * @param afterManyWrites is run by a writer after about {@value #MANY_WRITES} writes, again and again
     */
    void follow(LiveTable live, Runnable afterManyWrites) {
        this.afterManyWrites = afterManyWrites;
        live(live); // from now on, writers tell it; and what was there before is told here
        for (K key : entries.keySet()) {
            synchronized (store.partition(key)) {
                Object held = entries.get(key);
                if (held != null) {
                    live.put(key, EntryStore.bare(held));
                }
            }
        }
    }

    void unfollow() {
        live(null);
        afterManyWrites = null;
    }

    private void live(LiveTable live) {
        for (Partition<K, V> partition : store.partitions) {
            synchronized (partition) {
                partition.followers.live(live);
            }
        }
    }
}
