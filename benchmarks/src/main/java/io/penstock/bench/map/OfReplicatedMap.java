package io.penstock.bench.map;

import com.hazelcast.replicatedmap.ReplicatedMap;

/** A replicated map, of which this JVM has all entries as objects. */
final class OfReplicatedMap implements MapContender {

    private final ReplicatedMap<Long, Item> map;
    private final Runnable closing;

    OfReplicatedMap(ReplicatedMap<Long, Item> map, Runnable closing) {
        this.map = map;
        this.closing = closing;
    }

    @Override
    public Item get(Long key) {
        return map.get(key);
    }

    @Override
    public boolean put(Long key, Item item) {
        return map.put(key, item) != null;
    }

    @Override
    public void increment(Long key) {
        throw new UnsupportedOperationException("a replicated map changes nothing atomically");
    }

    @Override
    public long entryCount() {
        return map.size();
    }

    @Override
    public void load(Long[] keys, Item[] items) {
        Batches.of(keys, items, map::putAll);
    }

    @Override
    public LongLookups lookups() {
        return LongLookups.boxed(map::get);
    }

    @Override
    public void close() {
        closing.run();
    }
}
