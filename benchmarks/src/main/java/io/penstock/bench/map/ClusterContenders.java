package io.penstock.bench.map;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.QueryCache;
import com.hazelcast.replicatedmap.ReplicatedMap;
import io.penstock.grid.ClusterConfig;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Starts clusters and opens the maps on them. The members but this JVM, if it is one, are processes of their own. */
final class ClusterContenders {

    private ClusterContenders() {}

    /** Starts the cluster that is ordered and opens its map, when all are there. */
    static MapContender open(MapOrder order) {
        String cluster = "bench-map-" + UUID.randomUUID(); // nobody else on this machine may join
        return switch (order.system()) {
            case PENSTOCK, PENSTOCK_BARE, PENSTOCK_VIEW -> openGrid(order, cluster);
            default -> openHazelcast(order, cluster);
        };
    }

    private static MapContender openGrid(MapOrder order, String cluster) {
        boolean isMember = order.host() == MapHost.CLUSTER;
        Grid member = isMember ? gridMember(order, cluster, List.of()) : null;
        MemberJvms others = MemberJvms.start(
                order, cluster, order.members() - (isMember ? 1 : 0), member == null ? "" : addressOf(member));
        Grid grid = isMember ? member
                : Grid.connect("hazelcast://" + String.join(",", others.addresses()), settings(order, cluster)::accept);
        others.awaitWhole(grid.unwrap(HazelcastInstance.class));
        GridMap<Long, Item> map = grid.map(MapSystem.REF);
        Runnable closing = () -> {
            grid.close();
            others.close();
        };
        if (order.system() == MapSystem.PENSTOCK_VIEW) {
            return new OfClusterView(map, closing);
        }
        return new OfGridMap(map, closing) {
            @Override
            public void load(Long[] keys, Item[] items) {
                Batches.of(keys, items, this::putAll);
            }
        };
    }

    private static MapContender openHazelcast(MapOrder order, String cluster) {
        boolean isMember = order.host() == MapHost.CLUSTER;
        HazelcastInstance member =
                isMember ? HazelcastSetUp.member(order.system(), cluster, List.of()) : null;
        MemberJvms others = MemberJvms.start(
                order, cluster, order.members() - (isMember ? 1 : 0), member == null ? "" : addressOf(member));
        HazelcastInstance instance =
                isMember ? member : HazelcastSetUp.client(order.system(), cluster, others.addresses());
        others.awaitWhole(instance);
        Runnable closing = () -> {
            instance.shutdown();
            others.close();
        };
        if (order.system() == MapSystem.REPLICATED) {
            ReplicatedMap<Long, Item> replicated = instance.getReplicatedMap(HazelcastSetUp.MAP);
            return new OfReplicatedMap(replicated, closing);
        }
        IMap<Long, Item> map = instance.getMap(HazelcastSetUp.MAP);
        return switch (order.system()) {
            case NEAR_CACHE -> new OfHazelcastCache(map, map::get, closing);
            case QUERY_CACHE -> {
                QueryCache<Long, Item> cache = map.getQueryCache(HazelcastSetUp.QUERY_CACHE);
                yield new OfHazelcastCache(map, cache::get, closing);
            }
            default -> new OfHazelcast(map, closing);
        };
    }

    // ---- for the processes

    static Grid gridMember(MapOrder order, String cluster, List<String> addresses) {
        return Grid.cluster(config -> {
            settings(order, cluster).accept(config);
            config.cluster(c -> c.members(addresses.toArray(new String[0])));
        });
    }

    private static Consumer<GridConfig> settings(MapOrder order, String cluster) {
        int journalCapacity = order.system() == MapSystem.PENSTOCK_BARE ? 0 : MapConfig.DEFAULT_JOURNAL_CAPACITY;
        return config -> config.name(cluster)
                .map(MapSystem.REF, map -> map.backups(1).journalCapacity(journalCapacity));
    }

    static String addressOf(Grid member) {
        return addressOf(member.unwrap(HazelcastInstance.class));
    }

    static String addressOf(HazelcastInstance member) {
        var address = member.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }
}
