package io.penstock.grid.heap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.penstock.grid.host.MapSettings;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Admits every key and lets Caffeine choose those to evict, by its Window TinyLFU policy.
 *
 * <p>The table is the truth and Caffeine the adviser: it has the same entries and is told of each write and read, but
 * what it evicts is only put into a queue, and removed from the table by whoever writes next, under the lock of its
 * partition. So nothing of ours runs within Caffeine's locks, and an entry that was replaced meanwhile stays.
 */
final class EvictLeastUsed<K, V> implements EntryLimit<K, V> {

    private final MapSettings limits;
    private final EntrySizeLimit sizeLimit;
    private final Cache<Object, HeapEntry<K, V>> cache;
    private final LongAdder bytes = new LongAdder();
    /** As long as what one maintenance of the cache evicts: its callers empty it. */
    private final Queue<HeapEntry<K, V>> victims = new ConcurrentLinkedQueue<>();

    EvictLeastUsed(String mapName, MapSettings limits) {
        this.limits = limits;
        sizeLimit = new EntrySizeLimit(mapName, limits.maxBytes());
        Caffeine<Object, HeapEntry<K, V>> settings = Caffeine.newBuilder()
                .executor(Runnable::run)
                .evictionListener((Object key, HeapEntry<K, V> entry, RemovalCause cause) -> victims.add(entry));
        cache = (byBytes()
                        ? settings.maximumWeight(limits.maxBytes()).weigher((key, entry) -> weight(entry))
                        : settings.maximumSize(limits.maxEntries()))
                .build();
    }

    private boolean byBytes() {
        return limits.maxBytes() != Long.MAX_VALUE;
    }

    private int weight(HeapEntry<K, V> entry) {
        return (int) Math.min(entry.bytes, Integer.MAX_VALUE);
    }

    @Override
    public boolean needsEntries() {
        return true;
    }

    @Override
    public void admit(int newEntries, long moreBytes, long entryBytes) {
        sizeLimit.check(entryBytes);
        bytes.add(moreBytes);
    }

    @Override
    public void release(int entries, long bytes) {
        this.bytes.add(-bytes);
    }

    @Override
    public void linked(HeapEntry<K, V> before, HeapEntry<K, V> after) {
        cache.put(after.key, after);
    }

    @Override
    public void unlinked(HeapEntry<K, V> entry) {
        cache.asMap().remove(entry.key, entry);
    }

    @Override
    public void read(Object key) {
        cache.getIfPresent(key);
    }

    @Override
    public void settle() {
        cache.cleanUp();
    }

    @Override
    public HeapEntry<K, V> victim() {
        return victims.poll();
    }

    @Override
    public long bytes() {
        return bytes.sum();
    }
}
