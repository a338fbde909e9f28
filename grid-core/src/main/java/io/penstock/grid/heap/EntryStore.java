package io.penstock.grid.heap;

import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.host.MapCounters;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.query.Indexes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What a heap map holds, by key, and each step of a write, which is made under the monitor of the key's {@link
 * Partition}.
 *
 * <p><b>Bare values.</b> A map that counts only entries and has no times keeps the values themselves, and its {@code put}
 * is little more than that of the {@link ConcurrentHashMap} beneath. From the first time to live on, it may hold
 * {@link HeapEntry}s among them.
 *
 * <p><b>Time</b> counts from the opening of the map, so that it can be compared without care for overflow.
 */
final class EntryStore<K, V> {

    private static final long UNREAD = -1;

    /** By key the bare value, or its {@link HeapEntry}. Written under the monitor of the key's partition only. */
    final ConcurrentHashMap<K, Object> entries = new ConcurrentHashMap<>();
    final Partition<K, V>[] partitions;
    final EntryLimit<K, V> limit;
    private final int partitionShift;
    /** Whether values are kept bare unless they have a time to live of their own. */
    private final boolean hasBareValues;
    private final EntrySize<K, V> entrySize;
    private final MapSettings limits;
    private final LongSupplier nanoClock;
    private final long openedNs;
    private final MapCounters counters;
    private final Runnable whenMixed;
    private final Runnable whenTimed;
    /** A time before which nothing expires in any partition. */
    final AtomicLong nextDeadlineNs = new AtomicLong(HeapEntry.NEVER);
    /** Set before the first {@link HeapEntry} comes in, so that whoever sees one sees this, too. */
    private volatile boolean mixed;

    /**
     * @param whenMixed is run before the first {@link HeapEntry} comes in, unless all are
     * @param whenTimed is run when an entry with a time to live comes in, if there is no other
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    EntryStore(MapSettings limits, EntryLimit<K, V> limit, EntrySize<K, V> entrySize, Indexes<K, V> indexes,
            MapCounters counters, LongSupplier nanoClock, Runnable whenMixed, Runnable whenTimed) {
        this.whenMixed = whenMixed;
        this.whenTimed = whenTimed;
        this.limits = limits;
        this.limit = limit;
        this.entrySize = entrySize;
        this.counters = counters;
        this.nanoClock = nanoClock;
        openedNs = nanoClock.getAsLong();
        mixed = limit.needsEntries();
        hasBareValues = !mixed && limits.ttlNs() == 0;
        partitions = new Partition[limits.partitions()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = new Partition<>(i, indexes, entry -> entries.get(entry.key) == entry);
        }
        partitionShift = Integer.SIZE - Integer.numberOfTrailingZeros(partitions.length);
    }

    Partition<K, V> partition(Object key) {
        return partitions[(int) ((key.hashCode() * 0x9E3779B9 & 0xFFFFFFFFL) >>> partitionShift)];
    }

    long nowNs() {
        return nanoClock.getAsLong() - openedNs;
    }

    /** Whether one more entry may be refused, or evict another. */
    boolean isFull() {
        return limits.countsBytes() || entries.mappingCount() >= limits.maxEntries();
    }

    /** Whether there may be {@link HeapEntry}s. */
    boolean isMixed() {
        return mixed;
    }

    /** The value in what is held for a key; null if it has expired, or nothing is held. */
    @SuppressWarnings("unchecked") // the map holds values and their entries
    V valueOf(Object held) {
        if (mixed && held instanceof HeapEntry<?, ?> entry) {
            return entry.isTimed() && entry.hasExpired(nowNs()) ? null : (V) entry.value;
        }
        return (V) held;
    }

    @SuppressWarnings("unchecked") // the map holds values and their entries
    static <K, V> HeapEntry<K, V> entryOf(Object held) {
        return held instanceof HeapEntry<?, ?> entry ? (HeapEntry<K, V>) entry : null;
    }

    @SuppressWarnings("unchecked") // the map holds values and their entries
    static <V> V bare(Object held) {
        return held instanceof HeapEntry<?, ?> entry ? (V) entry.value : (V) held;
    }

    /** Called after the partition knows it, so that {@link HeapTable#expire} misses neither. */
    private void expectDeadline(long deadlineNs) {
        long next = nextDeadlineNs.get();
        if (deadlineNs < next && nextDeadlineNs.getAndAccumulate(deadlineNs, Math::min) == HeapEntry.NEVER) {
            whenTimed.run();
        }
    }

    // ---- under the monitor of the partition

    /**
     * The time of a write, read once, so that what it finds and what it leaves belong to one moment. If no entry has a
     * time to live, none is read, unless this write brings the first.
     */
    long writeNs() {
        return mixed ? nowNs() : UNREAD;
    }

    /** What is held for a key; null if it is absent, also because it expires now. */
    Object present(Partition<K, V> partition, K key, long writeNs) {
        Object found = entries.get(key);
        HeapEntry<K, V> entry = mixed ? entryOf(found) : null;
        if (entry != null && entry.isTimed() && entry.hasExpired(writeNs)) {
            drop(partition, key, found, Kind.EXPIRE, true);
            return null;
        }
        return found;
    }

    void store(Partition<K, V> partition, K key, Object found, V value, long ownTtlNs, long writeNs) {
        Object held = toHold(key, value, ownTtlNs != 0 ? ownTtlNs : limits.ttlNs(), writeNs);
        HeapEntry<K, V> before = entryOf(found);
        HeapEntry<K, V> after = entryOf(held);
        int newEntries = found == null ? 1 : 0;
        long moreBytes = bytes(after) - bytes(before);
        limit.admit(newEntries, moreBytes, bytes(after));
        try {
            entries.put(key, held);
            partition.timed(after);
            partition.followers.changed(
                    found == null ? Kind.PUT : Kind.UPDATE, key, EntryStore.<V>bare(found), value);
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
        counters.stored();
    }

    private void hold(Partition<K, V> partition, K key, Object held) {
        if (held == null) {
            entries.remove(key);
        } else {
            entries.put(key, held);
        }
    }

    /** @param inDeadlines whether the entry, if it is timed, is still in the deadlines */
    void drop(Partition<K, V> partition, K key, Object found, Kind kind, boolean inDeadlines) {
        entries.remove(key);
        try {
            partition.followers.changed(kind, key, EntryStore.<V>bare(found), null);
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

    private void becomeMixed() {
        if (!mixed) {
            whenMixed.run(); // first: who finds the map mixed relies on it
            mixed = true;
        }
    }

    private Object toHold(K key, V value, long lifeNs, long writeNs) {
        if (lifeNs == 0 && !limit.needsEntries()) {
            return value;
        }
        long deadlineNs = HeapEntry.NEVER;
        if (lifeNs != 0) {
            long now = writeNs == UNREAD ? nowNs() : writeNs;
            deadlineNs = now > HeapEntry.NEVER - lifeNs ? HeapEntry.NEVER : now + lifeNs;
            becomeMixed();
        }
        return new HeapEntry<>(key, value, deadlineNs, entrySize.of(key, value));
    }

    /** Puts a value, and returns the one before. */
    V put(Partition<K, V> partition, K key, V value) {
        if (hasBareValues && !mixed && !partition.followers.any()) {
            return putBare(key, value);
        }
        long writeNs = writeNs();
        Object found = present(partition, key, writeNs);
        store(partition, key, found, value, 0, writeNs);
        return bare(found);
    }

    @SuppressWarnings("unchecked") // there are only bare values
    private V putBare(K key, V value) {
        V before = (V) entries.replace(key, value);
        if (before == null) {
            addBare(key, value);
        }
        counters.stored();
        return before;
    }

    private void addBare(K key, V value) {
        limit.admit(1, 0, 0);
        try {
            entries.put(key, value);
        } catch (Throwable e) { // for want of memory
            limit.release(1, 0);
            throw e;
        }
    }
}
