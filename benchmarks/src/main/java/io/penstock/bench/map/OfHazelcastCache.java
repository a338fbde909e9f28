package io.penstock.bench.map;

import com.hazelcast.map.IMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** An {@code IMap} that is read through a cache of objects in this JVM. What is right is asked of the map. */
final class OfHazelcastCache extends OfHazelcast {

    private static final long FULL_NS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final IMap<Long, Item> map;
    private final Function<Long, Item> cache;

    /** @param cache the value of a key, out of the cache if it is there */
    OfHazelcastCache(IMap<Long, Item> map, Function<Long, Item> cache, Runnable closing) {
        super(map, closing);
        this.map = map;
        this.cache = cache;
    }

    /** Returns when the cache has all entries, too. */
    @Override
    public void load(Long[] keys, Item[] items) {
        super.load(keys, items);
        long startNs = System.nanoTime();
        for (Long key : keys) {
            while (cache.apply(key) == null) {
                if (System.nanoTime() - startNs > FULL_NS_MAX) {
                    throw new IllegalStateException("the cache does not have key " + key + " after 2 minutes");
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    /** Past the cache, which may be a little behind. */
    @Override
    public Item get(Long key) {
        var entry = map.getEntryView(key);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public LongLookups lookups() {
        return LongLookups.boxed(cache);
    }
}
