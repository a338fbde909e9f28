package io.penstock.bench.map;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** An {@code IMap} of Hazelcast, which serializes values with its Compact format. */
class OfHazelcast implements MapContender {

    private final IMap<Long, Item> map;
    private final Runnable closing;

    /** @param closing what is to be done when the map is not needed any more */
    OfHazelcast(IMap<Long, Item> map, Runnable closing) {
        this.map = map;
        this.closing = closing;
    }

    /** Of a member in this JVM that is alone. */
    static OfHazelcast embedded() {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(embeddedConfig());
        return new OfHazelcast(member.getMap(HazelcastSetUp.MAP), member::shutdown);
    }

    /** A member that neither looks for others nor calls home, with few threads. */
    private static Config embeddedConfig() {
        Config config = new Config();
        config.setClusterName("bench-map");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.partition.count", "11");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.io.thread.count", "1");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig()
                .setPublicAddress(HazelcastSetUp.LOOPBACK)
                .getInterfaces()
                .setEnabled(true)
                .addInterface(HazelcastSetUp.LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        return config;
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
    public Map<Long, Item> getAll(Set<Long> keys) {
        return map.getAll(keys);
    }

    @Override
    public void putAll(Map<Long, Item> entries) {
        map.putAll(entries);
    }

    /** Where the entry lives; its {@code compute} may run the function again and again. */
    @Override
    public void increment(Long key) {
        map.executeOnKey(key, new AddOne());
    }

    @Override
    public void scan(BiConsumer<Long, Item> action) {
        map.forEach(action);
    }

    @Override
    public long entryCount() {
        return map.size();
    }

    @Override
    public void load(Long[] keys, Item[] items) {
        Batches.of(keys, items, this::putAll);
    }

    @Override
    public void close() {
        closing.run();
    }
}
