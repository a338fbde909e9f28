package io.penstock.bench.map;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EventJournalConfig;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.config.PredicateConfig;
import com.hazelcast.config.QueryCacheConfig;
import com.hazelcast.config.ReplicatedMapConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.query.Predicates;
import io.penstock.grid.ClusterConfig;
import java.util.List;

/**
 * Members and clients of plain Hazelcast, set up as somebody would who knows it well: serialization by a Compact
 * serializer and, of functions, by factory; objects in caches; the same partitions and backups as Penstock's.
 */
final class HazelcastSetUp {

    static final String MAP = "items";
    static final String QUERY_CACHE = "all-items";
    static final String LOOPBACK = "127.0.0.1";

    private HazelcastSetUp() {}

    static HazelcastInstance member(MapSystem system, String cluster, List<String> addresses) {
        Config config = new Config();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getNetworkConfig().setPublicAddress(LOOPBACK).getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses);
        register(config.getSerializationConfig());
        config.addMapConfig(mapConfig(system));
        config.addReplicatedMapConfig(new ReplicatedMapConfig(MAP).setInMemoryFormat(InMemoryFormat.OBJECT));
        return Hazelcast.newHazelcastInstance(config);
    }

    static HazelcastInstance client(MapSystem system, String cluster, List<String> addresses) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster);
        config.getNetworkConfig().setAddresses(addresses);
        register(config.getSerializationConfig());
        if (system == MapSystem.NEAR_CACHE) {
            config.addNearCacheConfig(nearCache());
        } else if (system == MapSystem.QUERY_CACHE) {
            config.addQueryCacheConfig(MAP, queryCache());
        }
        return HazelcastClient.newHazelcastClient(config);
    }

    private static MapConfig mapConfig(MapSystem system) {
        MapConfig config = new MapConfig(MAP).setBackupCount(1);
        return switch (system) {
            case IMAP_JOURNAL -> config.setEventJournalConfig(new EventJournalConfig()
                    .setEnabled(true)
                    .setCapacity(io.penstock.grid.MapConfig.DEFAULT_JOURNAL_CAPACITY
                            * ClusterConfig.DEFAULT_PARTITION_COUNT));
            case NEAR_CACHE -> config.setNearCacheConfig(nearCache().setCacheLocalEntries(true));
            case QUERY_CACHE -> config.addQueryCacheConfig(queryCache());
            default -> config;
        };
    }

    private static NearCacheConfig nearCache() {
        return new NearCacheConfig(MAP)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setEvictionConfig(unbounded(EvictionPolicy.NONE));
    }

    private static QueryCacheConfig queryCache() {
        return new QueryCacheConfig(QUERY_CACHE)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setPredicateConfig(new PredicateConfig(Predicates.alwaysTrue()))
                .setEvictionConfig(unbounded(EvictionPolicy.LRU)); // it takes no NONE
    }

    private static EvictionConfig unbounded(EvictionPolicy policy) {
        return new EvictionConfig()
                .setEvictionPolicy(policy)
                .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                .setSize(Integer.MAX_VALUE);
    }

    private static void register(SerializationConfig config) {
        config.getCompactSerializationConfig().addSerializer(new ItemSerializer());
        config.addDataSerializableFactory(AddOne.FACTORY_ID, id -> new AddOne());
    }
}
