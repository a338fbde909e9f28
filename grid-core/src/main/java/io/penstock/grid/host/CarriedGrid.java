package io.penstock.grid.host;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapRef;
import java.util.function.Consumer;

/** A grid as those modules of Penstock see it that carry something of their own over to its host, such as jobs. */
public interface CarriedGrid {

    /** Where the grid's maps live. */
    MapHost host();

    /**
     * A map as {@link Grid#map} gives it, for those of Penstock's own maps that need other settings than a usual one.
     *
     * @param defaults the settings if neither the grid's configuration has any for this map nor is it open already
     */
    <K, V> GridMap<K, V> map(MapRef<K, V> ref, Consumer<MapConfig> defaults);

    /** {@link #map(MapRef, Consumer)} of a grid that may be none of these, whose maps have settings of their own. */
    static <K, V> GridMap<K, V> map(Grid grid, MapRef<K, V> ref, Consumer<MapConfig> defaults) {
        return grid instanceof CarriedGrid carried ? carried.map(ref, defaults) : grid.map(ref);
    }

    /** Whether a grid's maps are shared with other JVMs, so that a call of them may wait. */
    static boolean isOnCluster(Grid grid) {
        return grid instanceof CarriedGrid carried && carried.host().isCluster();
    }
}
