package io.penstock.dag.plan;

import io.penstock.grid.MapRef;

/** What the planner knows of the maps that a plan looks up. */
@FunctionalInterface
public interface MapSizes {

    /** The answer if nothing is known of a map. */
    long UNKNOWN = -1;

    /** Nothing is known. */
    static MapSizes unknown() {
        return ref -> UNKNOWN;
    }

    /** The number of entries, about, or {@link #UNKNOWN}. */
    long entryCount(MapRef<?, ?> ref);
}
