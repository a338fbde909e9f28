package io.penstock.grid.cluster;

import com.hazelcast.client.Client;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.testing.GridHost;
import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Grids on the members, or the clients, of one cluster: each with maps of its own, and each on the next of them. For
 * one check, after which all its maps are destroyed.
 */
final class ClusterHost implements GridHost, AutoCloseable {

    private final List<HazelcastInstance> instances;
    private final VirtualClock clock = new VirtualClock(System.currentTimeMillis() * 1_000_000);
    private final String prefix = "t" + UUID.randomUUID();
    private final List<HazelcastInstance> used = new ArrayList<>();
    private int next;

    /** @param first on which the first grid is opened */
    ClusterHost(List<HazelcastInstance> instances, int first) {
        this.instances = instances;
        next = first;
    }

    @Override
    public Grid openGrid(Consumer<GridConfig> settings) {
        HazelcastInstance instance = instances.get(next++ % instances.size());
        used.add(instance);
        String ownPrefix = prefix + "-" + used.size() + ".";
        Consumer<GridConfig> all = settings.andThen(config -> config.nanoClock(clock)
                .cluster(cluster -> cluster.instance(instance).mapPrefix(ownPrefix)));
        boolean isClient = instance.getLocalEndpoint() instanceof Client;
        return isClient ? Grid.connect("hazelcast://any", all) : Grid.cluster(all);
    }

    @Override
    public void advance(Duration time) {
        clock.advance(time);
    }

    /** A view is opened when it has all that was in the map. */
    @Override
    public void settle(GridMap<?, ?> map) {
        map.localView().close();
    }

    @Override
    public Set<Difference> differences() {
        return EnumSet.allOf(Difference.class);
    }

    @Override
    public double share() {
        return 0.1;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void close() {
        HazelcastInstance any = instances.get(0);
        for (DistributedObject object : any.getDistributedObjects()) {
            if (object.getName().startsWith(prefix)) {
                object.destroy();
            }
        }
        IMap<String, String> directory = any.getMap(MapDirectory.NAME);
        directory.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(directory::delete);
    }
}
