package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.query.Indexes;
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
        StoredForm<K, V> form = new StoredForm<>(ref);
        MapSettings configured = context.maps().get(ref.name());
        Indexes.of((configured == null ? settings : configured).indexes(), ref.keyType(), ref.valueType());
        MapDirectory directory = new MapDirectory(hazelcast, context.nanoClock(), calls);
        MapSettings agreed = directory.enter(ref, name, configured, settings);
        MapDirectory.EnteredFlag timed = directory.timedFlag(name, agreed);
        onReturn.accept(() -> {
            directory.enter(ref, name, agreed, agreed);
            timed.enterAgain();
        });
        return new ClusterMap<>(ref, agreed, form, context, hazelcast, hazelcast.getMap(name), timed, calls);
    }
}
