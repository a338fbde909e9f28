package io.penstock.grid.cluster;

import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.MapSettings;
import java.util.function.LongSupplier;

/**
 * What the grids of a cluster know of each other's maps: a map in the cluster, from the name of each map to its {@link
 * MapDescriptor}. The first grid that opens a map writes it there, after it has given the cluster the map's
 * configuration; those that come later must agree with it.
 */
final class MapDirectory {

    /** No map of a grid can have this name, for the sign. */
    static final String NAME = "penstock#maps";

    private static final String TIMED = "#timed";
    /** A copy on every member of a usual cluster: it is small, and nothing else knows it. */
    private static final int BACKUPS = 6;

    private final HazelcastInstance hazelcast;
    private final LongSupplier nanoClock;
    private final ClusterCalls calls;

    /** @param nanoClock as of {@link ExpiryClock} */
    MapDirectory(HazelcastInstance hazelcast, LongSupplier nanoClock, ClusterCalls calls) {
        this.nanoClock = nanoClock;
        this.hazelcast = hazelcast;
        this.calls = calls;
    }

    private IMap<String, String> descriptors() {
        return hazelcast.getMap(NAME);
    }

    /**
     * Enters a map, or agrees to what was entered before.
     *
     * @param name the name in the cluster
     * @param settings null to take those that were entered, or else the defaults
     * @return the settings of the map
     * @throws GridException if it was entered with other types or settings
     */
    MapSettings enter(MapRef<?, ?> ref, String name, MapSettings settings, MapSettings defaults) {
        return calls.read(() -> { // as a read, for it may be made again
            hazelcast.getConfig().addMapConfig(new MapConfig(NAME).setBackupCount(BACKUPS)); // before its first use
            IMap<String, String> descriptors = descriptors();
            String entered = descriptors.get(name);
            if (entered == null) {
                MapDescriptor own = MapDescriptor.of(ref, settings == null ? defaults : settings);
                configure(ref, name, own.settings());
                entered = descriptors.putIfAbsent(name, own.text());
                if (entered == null) {
                    return own.settings();
                }
            }
            return agree(ref, settings, MapDescriptor.read(entered));
        });
    }

    private void configure(MapRef<?, ?> ref, String name, MapSettings settings) {
        if (!settings.indexes().isEmpty()) {
            ClassCheck.ofValues(ref, new MemberTasks(hazelcast));
        }
        try {
            hazelcast.getConfig().addMapConfig(ClusterMapConfigs.of(
                    name, ref, settings,
                    ExpiryClock.of(nanoClock, settings.ttlNs()).times().hazelcastSeconds(TimesToLive.OF_MAP),
                    hazelcast.getPartitionService().getPartitions().size(),
                    hazelcast.getCluster().getMembers().size()));
        } catch (InvalidConfigurationException e) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + ref.name() + "': the cluster has another configuration for " + name + " already; leave it"
                            + " out of Hazelcast's own configuration, and set the same on all grids",
                    e);
        }
    }

    private static MapSettings agree(MapRef<?, ?> ref, MapSettings settings, MapDescriptor entered) {
        MapDescriptor own = MapDescriptor.of(ref, settings == null ? entered.settings() : settings);
        if (!own.hasTypesOf(entered)) {
            throw new GridException(
                    GridException.Code.TYPE_CONFLICT,
                    "map '" + ref.name() + "' is open in the cluster with types " + entered.types()
                            + ", but was asked for with " + own.types()
                            + "; use one MapRef constant everywhere, or another name");
        }
        if (!own.equals(entered)) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + ref.name() + "' is open in the cluster with other settings: "
                            + entered.differences(own) + "; set the same on all grids, or nothing to take what is"
                            + " there");
        }
        return entered.settings();
    }

    /** Whether a map may have entries that expire. */
    EnteredFlag timedFlag(String name, MapSettings settings) {
        return new EnteredFlag(name + TIMED, settings.ttlNs() != 0);
    }

    /** The flag of a map in the directory. */
    final class EnteredFlag implements TimedFlag {

        private final String key;
        /** Never lowered. */
        private volatile boolean isKnown;

        private EnteredFlag(String key, boolean isKnown) {
            this.key = key;
            this.isKnown = isKnown;
        }

        /** Enters it into another cluster as it was in the one before. */
        void enterAgain() {
            if (isKnown) {
                isKnown = false;
                raise();
            }
        }

        @Override
        public void raise() {
            if (!isKnown) {
                calls.read(() -> descriptors().putIfAbsent(key, ""));
                isKnown = true;
            }
        }

        @Override
        public boolean isKnown() {
            return isKnown;
        }

        @Override
        public boolean isRaised() {
            if (!isKnown && calls.read(() -> descriptors().containsKey(key))) {
                isKnown = true;
            }
            return isKnown;
        }
    }
}
