package io.penstock.grid.cluster;

import com.hazelcast.map.IMap;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.host.Expiring;
import io.penstock.grid.host.MapCounters;

/**
 * Removes what has expired, when it is in the way or when Hazelcast cannot do so, as it does not know the clock. As
 * Hazelcast does it: by eviction, so that those who follow the map find out what it was. Evicts nothing that somebody
 * writes meanwhile, for he waits for the lock.
 */
final class ExpiredEntries<K, V> implements Expiring {

    private static final long MANY_ENTRIES = 10_000;
    private static final long PAUSE_NS = 100_000_000;

    private final IMap<Stored, Stored> imap;
    private final ClusterQueries<K, V> queries;
    private final MapSizes sizes;
    private final ClusterCalls calls;
    private final TimedFlag timed;
    private final MapCounters counters;
    private volatile long lastVainNs = System.nanoTime() - PAUSE_NS;

    ExpiredEntries(IMap<Stored, Stored> imap, ClusterQueries<K, V> queries, MapSizes sizes,
            ClusterCalls calls, TimedFlag timed, MapCounters counters) {
        this.imap = imap;
        this.queries = queries;
        this.sizes = sizes;
        this.calls = calls;
        this.timed = timed;
        this.counters = counters;
    }

    /** Removes some; whether there were any. A large map is not searched again at once after it was in vain. */
    boolean removeSome() {
        if (!timed.isRaised()
                || System.nanoTime() - lastVainNs < PAUSE_NS && sizes.entryCount() > MANY_ENTRIES) {
            return false;
        }
        QueryAtOwner expired = queries.findExpired();
        for (int i = 0; i < expired.keys().size(); i++) {
            remove(expired.keys().get(i), expired.values().get(i));
        }
        if (expired.keys().isEmpty()) {
            lastVainNs = System.nanoTime();
            return false;
        }
        return true;
    }

    private void remove(Stored key, Stored seen) {
        calls.write(() -> {
            imap.lock(key);
            try {
                if (seen.equals(imap.get(key)) && imap.evict(key)) {
                    counters.removed(Kind.EXPIRE);
                }
            } finally {
                imap.unlock(key);
            }
            return null;
        });
    }

    @Override
    public boolean isTimed() {
        return timed.isKnown();
    }

    @Override
    public void expire() {
        while (isTimed() && removeSome()) {
            continue;
        }
    }
}
