package io.penstock.grid.heap;

import io.penstock.grid.MapChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The entries of a heap map, with their limit and their deadlines.
 *
 * <p><b>Locks.</b> Every write is made under the monitor of its key's {@link Partition}, which also tells the followers; a
 * reader takes none. Under such a monitor come those of the {@link Journal}, the {@link LiveTable}, the limit and the
 * indexes, which take no others. An evicted key is removed after its writer has left its own partition, so that nobody
 * holds two; a function that writes to its own map would, and is refused.
 *
 * <p><b>Bare values.</b> A map that counts only entries and has no times keeps the values themselves, and its {@code put}
 * is little more than that of the {@link java.util.concurrent.ConcurrentHashMap} beneath. From the first time to live
 * on, it may hold {@link HeapEntry}s among them.
 *
 * <p><b>Time</b> counts from the opening of the map, so that it can be compared without care for overflow.
 */
final class HeapTable<K, V> {

    static final int MANY_WRITES = 1_024;

    private static final int EXPIRED_AT_ONCE = 256;

    /** By key the bare value, or its {@link HeapEntry}. Written under the monitor of the key's partition only. */
    private final ConcurrentHashMap<K, Object> entries = new ConcurrentHashMap<>();
    private final Partition<K, V>[] partitions;
    private final int partitionShift;
    private final EntryLimit<K, V> limit;
    /** The limit, if that is all a bare value needs; otherwise null. */
    private final RefuseWhenFull<K, V> bareLimit;
    private final EntrySize<K, V> entrySize;
    private final long ttlNs;
    private final LongSupplier nanoClock;
    private final long openedNs;
    private final MapCounters counters;
    private final Runnable whenTimed;
    /** Set before the first {@link HeapEntry} comes in, so that whoever sees one sees this, too. */
    private volatile boolean mixed;
    /** A time before which nothing expires in any partition. */
    private final AtomicLong nextDeadlineNs = new AtomicLong(HeapEntry.NEVER);
    /** Run now and then by writers while a live table follows, with no key locked. */
    private volatile Runnable afterManyWrites;
    /** Counted without care by all writers: about when is good enough. */
    private int followedWrites;
    private volatile Runnable afterJournaled;

    /**
     * @param whenTimed is run once, before the first entry with a time to live comes in
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    HeapTable(MapLimits limits, EntryLimit<K, V> limit, EntrySize<K, V> entrySize, MapIndexes<K, V> indexes,
            MapCounters counters, LongSupplier nanoClock, Runnable whenTimed) {
        this.limit = limit;
        this.entrySize = entrySize;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.whenTimed = whenTimed;
        openedNs = nanoClock.getAsLong();
        ttlNs = limits.ttlNs();
        mixed = limit.needsEntries();
        bareLimit = !mixed && ttlNs == 0 ? (RefuseWhenFull<K, V>) limit : null;
        partitions = new Partition[limits.partitions()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = new Partition<>(i, indexes, entry -> entries.get(entry.key) == entry);
        }
        partitionShift = Integer.SIZE - Integer.numberOfTrailingZeros(partitions.length);
    }

    // ---- reading

    Partition<K, V> partition(Object key) {
        return partitions[(int) ((key.hashCode() * 0x9E3779B9 & 0xFFFFFFFFL) >>> partitionShift)];
    }

    Partition<K, V>[] partitions() {
        return partitions;
    }

    /** The value of a key, which counts as its use. */
    V read(Object key) {
        V value = peek(key);
        if (mixed && value != null) {
            limit.read(key);
        }
        return value;
    }

    /** The value of a key. */
    V peek(Object key) {
        return valueOf(entries.get(key));
    }

    /** The value that a partition holds for a key, or null if it has expired; the key itself may be null. */
    @SuppressWarnings("unchecked") // a partition holds values and their entries
    V valueOf(Object held) {
        if (mixed && held instanceof HeapEntry<?, ?> entry) {
            return entry.isTimed() && entry.hasExpired(nowNs()) ? null : (V) entry.value;
        }
        return (V) held;
    }

    @SuppressWarnings("unchecked") // a partition holds values and their entries
    private static <K, V> HeapEntry<K, V> entryOf(Object held) {
        return held instanceof HeapEntry<?, ?> entry ? (HeapEntry<K, V>) entry : null;
    }

    @SuppressWarnings("unchecked") // a partition holds values and their entries
    static <V> V bare(Object held) {
        return held instanceof HeapEntry<?, ?> entry ? (V) entry.value : (V) held;
    }

    /** How long a key still lives: {@link HeapEntry#NEVER} if it does not expire, 0 if it is absent. */
    long leftNs(Object key) {
        Object held = entries.get(key);
        HeapEntry<K, V> entry = entryOf(held);
        if (entry == null || !entry.isTimed()) {
            return held == null ? 0 : HeapEntry.NEVER;
        }
        return Math.max(0, entry.deadlineNs - nowNs());
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        entries.forEach((key, held) -> {
            V value = valueOf(held);
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

    /** What is held by key, for reading only. */
    ConcurrentHashMap<K, Object> entries() {
        return entries;
    }

    // ---- writing

    V put(K key, V value) {
        Partition<K, V> partition = partition(key);
        V before;
        synchronized (partition) {
            before = !mixed && bareLimit != null && !partition.followers.any() && bareLimit.hasRoomForAll()
                    ? putBare(partition, key, value)
                    : putCarefully(partition, key, value, 0);
        }
        afterWrite(partition);
        return before;
    }

    V put(K key, V value, long ttlNs) {
        Partition<K, V> partition = partition(key);
        V before;
        synchronized (partition) {
            before = putCarefully(partition, key, value, ttlNs);
        }
        afterWrite(partition);
        return before;
    }

    @SuppressWarnings("unchecked") // there are only bare values
    private V putBare(Partition<K, V> partition, K key, V value) {
        refuseInFunction();
        V before = (V) entries.put(key, value);
        if (before == null) {
            bareLimit.added();
        }
        counters.add(MapCounters.PUTS, 1);
        return before;
    }

    private V putCarefully(Partition<K, V> partition, K key, V value, long ttlNs) {
        refuseInFunction();
        Object found = present(partition, key);
        store(partition, key, found, value, ttlNs);
        return bare(found);
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
        Change<K, V> change = new Change<>();
        Partition<K, V> partition = partition(key);
        synchronized (partition) {
            refuseInFunction();
            Object found = present(partition, key);
            if (found == null && onlyPresent) {
                return change;
            }
            counters.enterFunction();
            try {
                change.decide(key, bare(found), step);
            } finally {
                counters.leaveFunction();
            }
            if (change.stored()) {
                store(partition, key, found, change.after(), change.ttlNs());
            } else if (change.removed()) {
                drop(partition, key, found, Kind.REMOVE, true);
            }
        }
        afterWrite(partition);
        return change;
    }

    /** Removes a key. */
    V remove(Object key, Kind kind) {
        Partition<K, V> partition = partition(key);
        V before;
        synchronized (partition) {
            refuseInFunction();
            @SuppressWarnings("unchecked") // a key of another class is simply absent
            K typed = (K) key;
            Object found = present(partition, typed);
            before = bare(found);
            if (found != null) {
                drop(partition, typed, found, kind, true);
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

    private void refuseInFunction() {
        if (counters.isInFunction()) {
            throw new IllegalStateException("a function that was given to a map writes to this map; return the new value"
                    + " from the function, or write after it has returned");
        }
    }

    // ---- under the monitor of the partition

    /** What is held for a key; null if it is absent, also because it expires now. */
    private Object present(Partition<K, V> partition, K key) {
        Object found = entries.get(key);
        HeapEntry<K, V> entry = mixed ? entryOf(found) : null;
        if (entry != null && entry.isTimed() && entry.hasExpired(nowNs())) {
            drop(partition, key, found, Kind.EXPIRE, true);
            return null;
        }
        return found;
    }

    private void store(Partition<K, V> partition, K key, Object found, V value, long ownTtlNs) {
        Object held = toHold(key, value, ownTtlNs != 0 ? ownTtlNs : ttlNs);
        HeapEntry<K, V> before = entryOf(found);
        HeapEntry<K, V> after = entryOf(held);
        int newEntries = found == null ? 1 : 0;
        long moreBytes = bytes(after) - bytes(before);
        limit.admit(newEntries, moreBytes);
        try {
            entries.put(key, held);
            partition.timed(after);
            partition.followers.changed(
                    found == null ? Kind.PUT : Kind.UPDATE, key, HeapTable.<V>bare(found), value);
        } catch (Throwable e) {
            partition.untimed(after);
            hold(partition, key, found);
            limit.release(newEntries, moreBytes);
            throw e;
        }
        partition.untimed(before);
        if (after != null) {
            limit.linked(before, after);
            expectDeadline(after.deadlineNs);
        }
        counters.add(MapCounters.PUTS, 1);
    }

    private void hold(Partition<K, V> partition, K key, Object held) {
        if (held == null) {
            entries.remove(key);
        } else {
            entries.put(key, held);
        }
    }

    /** @param inDeadlines whether the entry, if it is timed, is still in the deadlines */
    private void drop(Partition<K, V> partition, K key, Object found, Kind kind, boolean inDeadlines) {
        entries.remove(key);
        try {
            partition.followers.changed(kind, key, HeapTable.<V>bare(found), null);
        } catch (Throwable e) {
            entries.put(key, found);
            throw e;
        }
        HeapEntry<K, V> entry = entryOf(found);
        if (entry != null) {
            if (inDeadlines) {
                partition.untimed(entry);
            }
            limit.unlinked(entry);
        }
        limit.release(1, bytes(entry));
        counters.removed(kind);
    }

    private static long bytes(HeapEntry<?, ?> entry) {
        return entry == null ? 0 : entry.bytes;
    }

    private Object toHold(K key, V value, long lifeNs) {
        if (lifeNs == 0 && !limit.needsEntries()) {
            return value;
        }
        long deadlineNs = HeapEntry.NEVER;
        if (lifeNs != 0) {
            long now = nowNs();
            deadlineNs = now > HeapEntry.NEVER - lifeNs ? HeapEntry.NEVER : now + lifeNs;
            mixed = true;
        }
        return new HeapEntry<>(key, value, deadlineNs, entrySize.of(key, value));
    }

    // ---- what has to go

    private long nowNs() {
        return nanoClock.getAsLong() - openedNs;
    }

    /** Called after the partition knows it, so that {@link #expire} misses neither. */
    private void expectDeadline(long deadlineNs) {
        long next = nextDeadlineNs.get();
        if (deadlineNs < next && nextDeadlineNs.getAndAccumulate(deadlineNs, Math::min) == HeapEntry.NEVER) {
            whenTimed.run();
        }
    }

    /** Removes all that has expired, and all that is to be evicted. Does nothing within a function. */
    void tidy() {
        expire();
        if (mixed && !counters.isInFunction()) {
            limit.settle();
            evict();
        }
    }

    /** Whether there are entries that will expire. */
    boolean isTimed() {
        return nextDeadlineNs.get() != HeapEntry.NEVER;
    }

    /** Removes all that has expired. Does nothing within a function. */
    void expire() {
        long nowNs;
        if (!isTimed() || nextDeadlineNs.get() > (nowNs = nowNs()) || counters.isInFunction()) {
            return;
        }
        nextDeadlineNs.set(HeapEntry.NEVER); // before the partitions are asked: what comes now lowers it again
        for (Partition<K, V> partition : partitions) {
            while (partition.hasExpired(nowNs)) {
                expireSome(partition, nowNs);
                afterWrite(partition);
            }
            nextDeadlineNs.accumulateAndGet(partition.nextDeadlineNs(), Math::min);
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
                drop(partition, expired.key, expired, Kind.EXPIRE, false);
            }
        }
    }

    private void evict() {
        for (HeapEntry<K, V> victim = limit.victim(); victim != null; victim = limit.victim()) {
            Partition<K, V> partition = partition(victim.key);
            synchronized (partition) {
                if (entries.get(victim.key) == victim) {
                    drop(partition, victim.key, victim, victim.hasExpired(nowNs()) ? Kind.EXPIRE : Kind.EVICT, true);
                }
            }
            afterJournaled();
        }
    }

    private void afterWrite(Partition<K, V> partition) {
        if (mixed) {
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
        List<Journal<K, V>> journals = new ArrayList<>(partitions.length);
        for (Partition<K, V> partition : partitions) {
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
            synchronized (partition(key)) {
                Object held = entries.get(key);
                if (held != null) {
                    live.put(key, bare(held));
                }
            }
        }
    }

    void unfollow() {
        live(null);
        afterManyWrites = null;
    }

    private void live(LiveTable live) {
        for (Partition<K, V> partition : partitions) {
            synchronized (partition) {
                partition.followers.live(live);
            }
        }
    }
}
