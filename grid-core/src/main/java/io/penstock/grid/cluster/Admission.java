package io.penstock.grid.cluster;

import io.penstock.grid.Eviction;
import io.penstock.grid.GridException;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.FullMap;
import io.penstock.grid.host.MapSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps a map that does not evict within its maximum.
 *
 * <p>Hazelcast knows no such maximum, and to ask for the size of the map before each write would double its cost. So a
 * grid that has asked, and found the maximum far, allows itself one of {@value #SHARES_OF_WHAT_IS_LEFT} parts of what
 * is left, and asks again when it has used that up, or after a second. Near the maximum it asks before every write, one
 * writer at a time and with no other under way, and so never exceeds it. Writers of several grids may: each near the
 * maximum by one, since they do not wait for each other.
 *
 * <p>What has expired but is still there counts, until it stands in the way: then it is removed.
 */
final class Admission<K, V> {

    private static final int SHARES_OF_WHAT_IS_LEFT = 32;
    /** If its share is for fewer writes, the maximum is near. */
    private static final int WRITES_MIN = 16;
    private static final long ALLOWANCE_NS = 1_000_000_000;
    private static final long PAUSE_NS = 10_000;
    /** What Hazelcast adds to the bytes of an entry. */
    private static final int ENTRY_OVERHEAD_BYTES = 124;

    private final String mapName;
    private final MapSettings settings;
    private final StoredEntries<K, V> entries;
    private final MapSizes sizes;
    private final Runnable removeExpired;
    private final ReentrantLock near = new ReentrantLock();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong entriesLeft = new AtomicLong();
    private final AtomicLong bytesLeft = new AtomicLong();
    private volatile long lookedNs;

    /** @param removeExpired removes some of what has expired */
    Admission(String mapName, MapSettings settings, StoredEntries<K, V> entries, MapSizes sizes,
            Runnable removeExpired) {
        this.mapName = mapName;
        this.settings = settings;
        this.entries = entries;
        this.sizes = sizes;
        this.removeExpired = removeExpired;
    }

    /** Whether writers have to mind the maximum. */
    private boolean isLimited() {
        return settings.eviction() == Eviction.NONE
                && (settings.maxEntries() != Long.MAX_VALUE || settings.countsBytes());
    }

    boolean countsBytes() {
        return settings.countsBytes();
    }

    // ---- writes

    /** Stores in any case, and returns what was there before, alive or not. */
    Stored put(Stored key, Stored next, long ttlNs) {
        checkEntry(key, next);
        if (!isLimited()) {
            return entries.put(key, next, ttlNs);
        }
        return admitted(1, cost(key, next),
                () -> entries.put(key, next, ttlNs),
                room -> room.hasRoomFor(1, cost(key, next))
                        ? entries.put(key, next, ttlNs)
                        : entries.putIfAdmitted(key, next, ttlNs, room));
    }

    /** Stores if nothing is there that is alive; returns that. */
    Stored putIfAbsent(Stored key, Stored next, long ttlNs, long nowMs) {
        checkEntry(key, next);
        if (!isLimited()) {
            return entries.putIfNotLive(key, next, ttlNs, nowMs);
        }
        return admitted(1, cost(key, next),
                () -> entries.putIfNotLive(key, next, ttlNs, nowMs),
                room -> room.hasRoomFor(1, cost(key, next))
                        ? entries.putIfNotLive(key, next, ttlNs, nowMs)
                        : entries.putIfNotLiveAndAdmitted(key, next, ttlNs, nowMs, room));
    }

    void putAll(Map<Stored, Stored> added) {
        long bytes = 0;
        for (Map.Entry<Stored, Stored> entry : added.entrySet()) {
            checkEntry(entry.getKey(), entry.getValue());
            bytes += cost(entry.getKey(), entry.getValue());
        }
        if (!isLimited()) {
            entries.putAll(added);
            return;
        }
        long bytesMax = bytes;
        Supplier<Boolean> putAll = () -> {
            entries.putAll(added);
            return true;
        };
        boolean isDone = admitted(added.size(), bytes, putAll,
                room -> room.hasRoomFor(added.size(), bytesMax) && putAll.get());
        if (!isDone) {
            added.forEach((key, next) -> put(key, next, TimesToLive.OF_MAP));
        }
    }

    /** Changes an entry as a step decides. */
    Change<K, V> change(K key, boolean onlyPresent, Change.Step<K, V> step) {
        if (!isLimited() && settings.countsBytes()) {
            return entries.change(key, onlyPresent, (storedKey, seen, next) -> checkEntry(storedKey, next), step);
        }
        if (!isLimited() || onlyPresent && !settings.countsBytes()) {
            return entries.change(key, onlyPresent, Room.UNLIMITED, step);
        }
        return admitted(1, 0,
                () -> entries.change(key, onlyPresent, this::useUp, step),
                room -> entries.change(key, onlyPresent, room, step));
    }

    private void useUp(Stored key, Stored seen, Stored next) {
        checkEntry(key, next);
        bytesLeft.addAndGet(-cost(key, next)); // below 0 makes the next writer look
    }

    /** Has the owner of an entry change it, if that needs no count of bytes. */
    OwnersAnswer process(Function<Boolean, OwnersAnswer> ask) {
        if (!isLimited()) {
            return ask.apply(true);
        }
        return admitted(1, 0, () -> ask.apply(true), room -> {
            OwnersAnswer answer = ask.apply(room.hasRoomFor(1, 0));
            if (answer.kind() == OwnersAnswer.Kind.FULL) {
                throw room.full();
            }
            return answer;
        });
    }

    private void checkEntry(Stored key, Stored next) {
        if (settings.countsBytes()) {
            FullMap.checkEntry(mapName, settings.maxBytes(), cost(key, next));
        }
    }

    static long cost(Stored key, Stored value) {
        return (long) key.bytes().length + value.bytes().length + ENTRY_OVERHEAD_BYTES;
    }

    // ---- far from the maximum, and near it

    private <T> T admitted(int newEntries, long bytes, Supplier<T> freely, Function<Looked, T> carefully) {
        boolean isFresh = System.nanoTime() - lookedNs < ALLOWANCE_NS || near.isLocked(); // who has the lock looks
        if (isFresh && take(newEntries, bytes)) {
            try {
                return freely.get();
            } finally {
                underWay.decrementAndGet();
            }
        }
        near.lock();
        try {
            return carefully.apply(look(bytes / newEntries));
        } finally {
            near.unlock();
        }
    }

    /** Takes a part of the allowance; if there is enough, the caller is under way. */
    private boolean take(int newEntries, long bytes) {
        underWay.incrementAndGet();
        boolean isTaken = entriesLeft.get() > 0 && entriesLeft.getAndAdd(-newEntries) >= newEntries
                && (!settings.countsBytes() || bytesLeft.get() > 0 && bytesLeft.getAndAdd(-bytes) >= bytes);
        if (!isTaken) {
            underWay.decrementAndGet();
        }
        return isTaken;
    }

    private Looked look(long entryBytes) {
        int besides = underWay.get(); // first: what is stored meanwhile counts twice, and nothing not at all
        Looked looked = count();
        if (setAllowance(looked, besides, entryBytes)) {
            return looked;
        }
        entriesLeft.set(0);
        bytesLeft.set(0);
        while (underWay.get() != 0) {
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        looked = count();
        if (!looked.hasRoomFor(1, entryBytes)) {
            removeExpired.run();
            looked = count(); // in any case: somebody else may have removed it
        }
        return looked;
    }

    /** Whether the maximum is far, also if all that is under way is new, and as large as this entry. */
    private boolean setAllowance(Looked looked, int besides, long entryBytes) {
        long bytesOfEach = Math.max(entryBytes, ENTRY_OVERHEAD_BYTES);
        long share = (settings.maxEntries() - looked.entries - besides) / SHARES_OF_WHAT_IS_LEFT;
        long bytesShare = (settings.maxBytes() - looked.bytes - besides * bytesOfEach) / SHARES_OF_WHAT_IS_LEFT;
        if (share < WRITES_MIN || bytesShare < WRITES_MIN * bytesOfEach) {
            return false;
        }
        lookedNs = System.nanoTime();
        bytesLeft.set(bytesShare);
        entriesLeft.set(share);
        return true;
    }

    private Looked count() {
        return new Looked(sizes.entryCount(), settings.countsBytes() ? sizes.bytes() : 0);
    }

    /** What the map held at the last look, since which nobody else of this grid has begun to write. */
    private final class Looked implements Room {

        private final long entries;
        private final long bytes;

        Looked(long entries, long bytes) {
            this.entries = entries;
            this.bytes = bytes;
        }

        boolean hasRoomFor(int newEntries, long moreBytes) {
            return entries <= settings.maxEntries() - newEntries && bytes <= settings.maxBytes() - moreBytes;
        }

        GridException full() {
            return FullMap.ofEntries(mapName, entries, settings.maxEntries());
        }

        @Override
        public void admit(Stored key, Stored seen, Stored next) {
            checkEntry(key, next);
            if (seen == null && entries >= settings.maxEntries()) {
                throw full();
            }
            long moreBytes = seen == null ? cost(key, next) : next.bytes().length - seen.bytes().length;
            if (settings.countsBytes() && moreBytes > 0 && bytes > settings.maxBytes() - moreBytes) {
                throw FullMap.ofBytes(mapName, bytes, settings.maxBytes(), moreBytes);
            }
        }
    }
}
