package io.penstock.grid.host;

import io.penstock.grid.Grid;

/** A grid as those modules of Penstock see it that carry something of their own over to its host, such as jobs. */
public interface CarriedGrid {

    /** Where the grid's maps live. */
    MapHost host();

    /** Whether a grid's maps are shared with other JVMs, so that a call of them may wait. */
    static boolean isOnCluster(Grid grid) {
        return grid instanceof CarriedGrid carried && carried.host().isCluster();
    }
}
