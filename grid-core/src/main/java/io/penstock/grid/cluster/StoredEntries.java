package io.penstock.grid.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.map.IMap;
import io.penstock.grid.host.Change;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The entries of a map in their stored form, one by one, and what is done to them only if they are as they were seen.
 *
 * <p>A change that a function decides is made by seeing, deciding and storing if the entry is still the same, byte by
 * byte; and again if it is not. Each write has a stamp of its own, so that a value that came back is another one.
 *
 * <p>If a member is lost, Hazelcast makes the writes that it had not answered again, and some of them were made
 * already.
 * By its stamp, a write finds itself again, and answers as if nothing had happened. A removal leaves nothing to find:
 * if it is told that nothing was there, and the owner was lost meanwhile, its outcome is not known.
 */
final class StoredEntries<K, V> {

    /** So often it is tried at once; then it waits longer and longer, since others are at the same key. */
    private static final int QUICK_TRIES = 3;
    private static final int DOUBLINGS_MAX = 6;
    private static final long WAIT_NS = 20_000;

    private final IMap<Stored, Stored> entries;
    private final StoredForm<K, V> form;
    private final ClusterCalls calls;
    private final ExpiryClock clock;
    private final TimedFlag timed;
    private final IndexedProperties indexes;
    private final KeyOwners owners;

    StoredEntries(IMap<Stored, Stored> entries, StoredForm<K, V> form, ClusterCalls calls, ExpiryClock clock,
            TimedFlag timed, IndexedProperties indexes, KeyOwners owners) {
        this.owners = owners;
        this.indexes = indexes;
        this.entries = entries;
        this.form = form;
        this.calls = calls;
        this.clock = clock;
        this.timed = timed;
    }

    /** What is stored for a key, alive or not; null if nothing is. */
    Stored find(Stored key) {
        return form.found(calls.<Object>read(() -> entries.get(key)));
    }

    /** The stored form of a value that is written now. */
    Stored next(V value, long ownTtlNs, long nowMs) {
        indexes.check(value);
        return form.value(value, StoredForm.stamp(nowMs), clock.times().deadlineMs(ownTtlNs, nowMs));
    }

    /** Stores in any case, and returns what was there before, alive or not. */
    Stored put(Stored key, Stored next, long ownTtlNs) {
        if (ownTtlNs == TimesToLive.OF_MAP) {
            return form.found(calls.<Object>write(() -> entries.put(key, next)));
        }
        timed.raise();
        long seconds = clock.times().hazelcastSeconds(ownTtlNs);
        return form.found(calls.<Object>write(() -> entries.put(key, next, seconds, TimeUnit.SECONDS)));
    }

    void putAll(Map<Stored, Stored> added) {
        calls.write(() -> {
            entries.putAll(added);
            return null;
        });
    }

    /** Stores if there is room, and returns what was there before, alive or not. */
    Stored putIfAdmitted(Stored key, Stored next, long ownTtlNs, Room room) {
        for (int tries = 0;; tries++) {
            awaitTurn(tries);
            Stored seen = find(key);
            room.admit(key, seen, next);
            if (storeIfUnchanged(key, seen, next, ownTtlNs)) {
                return seen;
            }
        }
    }

    /** Stores if nothing is there; returns what is there, alive or not. */
    Stored putIfAbsent(Stored key, Stored next, long ownTtlNs) {
        Stored found = putOrFind(key, next, ownTtlNs);
        return next.equals(found) ? null : found; // it was made before a member was lost
    }

    private Stored putOrFind(Stored key, Stored next, long ownTtlNs) {
        if (ownTtlNs == TimesToLive.OF_MAP) {
            return form.found(calls.<Object>write(() -> entries.putIfAbsent(key, next)));
        }
        timed.raise();
        long seconds = clock.times().hazelcastSeconds(ownTtlNs);
        return form.found(calls.<Object>write(() -> entries.putIfAbsent(key, next, seconds, TimeUnit.SECONDS)));
    }

    /** Stores if nothing is there that is alive; returns that. */
    Stored putIfNotLive(Stored key, Stored next, long ownTtlNs, long nowMs) {
        for (int tries = 0;; tries++) {
            awaitTurn(tries);
            Stored seen = putIfAbsent(key, next, ownTtlNs);
            if (seen == null) {
                return null;
            }
            if (StoredForm.isLive(seen, nowMs)) {
                return seen;
            }
            if (replace(key, seen, next, ownTtlNs)) {
                return null;
            }
        }
    }

    /** {@link #putIfNotLive} if there is room. */
    Stored putIfNotLiveAndAdmitted(Stored key, Stored next, long ownTtlNs, long nowMs, Room room) {
        Stored seen = find(key);
        if (StoredForm.isLive(seen, nowMs)) {
            return seen;
        }
        room.admit(key, seen, next);
        return putIfNotLive(key, next, ownTtlNs, nowMs);
    }

    /** Replaces what was seen; whether it was still there. */
    boolean replace(Stored key, Stored seen, Stored next, long ownTtlNs) {
        if (ownTtlNs == TimesToLive.OF_MAP) {
            Member owner = owners.of(key);
            return calls.write(() -> entries.replace(key, seen, next))
                    || !owners.isStillThere(owner) && next.equals(find(key));
        }
        timed.raise();
        StoreAtOwner store = StoreAtOwner.ifSame(next, clock.times().hazelcastSeconds(ownTtlNs), seen);
        return calls.<Object>write(() -> entries.executeOnKey(key, store)) != null;
    }

    /** Replaces what is alive, and returns it; null if nothing is. */
    Stored replaceLive(Stored key, Stored next, long nowMs) {
        StoreAtOwner store = StoreAtOwner.ifLive(next, nowMs);
        return form.found(calls.<Object>write(() -> entries.executeOnKey(key, store)));
    }

    /** Removes what was seen; whether it was still there. */
    boolean remove(Stored key, Stored seen) {
        Member owner = owners.of(key);
        boolean isRemoved = calls.write(() -> entries.remove(key, seen));
        if (!isRemoved) {
            owners.checkStillThere(owner);
        }
        return isRemoved;
    }

    /** Removes whatever is there, and returns it. */
    Stored remove(Stored key) {
        Member owner = owners.of(key);
        Stored found = form.found(calls.<Object>write(() -> entries.remove(key)));
        if (found == null) {
            owners.checkStillThere(owner);
        }
        return found;
    }

    /**
     * Changes an entry as a step decides, which may be asked more than once.
     *
     * @param onlyPresent whether the step is asked only if the key is present
     */
    Change<K, V> change(K key, boolean onlyPresent, Room room, Change.Step<K, V> step) {
        Stored storedKey = form.key(key);
        for (int tries = 0;; tries++) {
            awaitTurn(tries);
            Stored seen = find(storedKey);
            long nowMs = clock.nowMs();
            V before = form.liveValue(seen, nowMs);
            Change<K, V> change = new Change<>();
            if (before == null && onlyPresent) {
                return change;
            }
            change.decide(key, before, step);
            if (change.stored()) {
                Stored next = next(change.after(), change.ttlNs(), nowMs);
                room.admit(storedKey, seen, next);
                if (storeIfUnchanged(storedKey, seen, next, change.ttlNs())) {
                    return change;
                }
            } else if (!change.removed() || remove(storedKey, seen)) {
                return change;
            }
        }
    }

    private boolean storeIfUnchanged(Stored key, Stored seen, Stored next, long ownTtlNs) {
        return seen == null ? putIfAbsent(key, next, ownTtlNs) == null : replace(key, seen, next, ownTtlNs);
    }

    /** Of several that try to change one key at a time, each but one tries in vain. */
    static void awaitTurn(int tries) {
        if (tries > QUICK_TRIES) {
            long mostNs = WAIT_NS << Math.min(tries - QUICK_TRIES, DOUBLINGS_MAX);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(WAIT_NS, mostNs));
        }
    }
}
