package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapSettings;
import java.util.function.Consumer;

/**
 * Opens the maps of a grid on a cluster.
 *
 * @param onReturn gets, of each map, what is to be done when a client has found a cluster again, which may be a new one
 */
record ClusterMaps(
        HostContext context, HazelcastInstance hazelcast, ClusterCalls calls, Consumer<Runnable> onReturn) {

    /**
     * Opens a map, after the cluster was told of it.
     *
     * @param settings of the grid's configuration, or the defaults if that does not name the map: then those count that
     *     the map has in the cluster already
     */
    <K, V> HostedMap<K, V> open(MapRef<K, V> ref, MapSettings settings) {
        String name = context.cluster().mapPrefix() + ref.name();
        MapDirectory directory = new MapDirectory(hazelcast, context.nanoClock(), calls);
        MapSettings agreed = directory.enter(ref, name, context.maps().get(ref.name()), settings);
        onReturn.accept(() -> directory.enter(ref, name, agreed, agreed));
        return new ClusterMap<>(
                ref, agreed, context, hazelcast, hazelcast.getMap(name), directory.timedFlag(name, agreed), calls);
    }
}
