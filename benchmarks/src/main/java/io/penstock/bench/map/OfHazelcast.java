package io.penstock.bench.map;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** An {@code IMap} of a Hazelcast member in this JVM, which serializes values with its Compact format. */
final class OfHazelcast implements MapContender {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int BATCH = 10_000;

    private final HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
    private final IMap<Long, Item> map = member.getMap("items");

    /** A member that neither looks for others nor calls home, with few threads. */
    private static Config config() {
        Config config = new Config();
        config.setClusterName("bench-map");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.partition.count", "11");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.io.thread.count", "1");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().setPublicAddress(LOOPBACK).getInterfaces().setEnabled(true).addInterface(LOOPBACK);
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

    /** Where the entry lives; its {@code compute} may run the function again and again. */
    @Override
    public void update(Long key, BiFunction<Long, Item, Item> function) {
        map.executeOnKey(key, (EntryProcessor<Long, Item, Void>) entry -> {
            entry.setValue(function.apply(entry.getKey(), entry.getValue()));
            return null;
        });
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
        Map<Long, Item> some = new HashMap<>();
        for (int place = 0; place < keys.length; place++) {
            some.put(keys[place], items[place]);
            if (some.size() == BATCH || place == keys.length - 1) {
                map.putAll(some);
                some.clear();
            }
        }
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
