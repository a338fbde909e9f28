package io.penstock.grid;

import java.util.Objects;

/** The settings of one map. */
public final class MapConfig {

    /** The most entries that a map holds unless told otherwise. */
    public static final long DEFAULT_MAX_ENTRIES = 10_000_000;

    private final String mapName;
    private long maxEntries = DEFAULT_MAX_ENTRIES;
    private Eviction eviction = Eviction.NONE;

    MapConfig(String mapName) {
        this.mapName = mapName;
    }

    /**
     * The most entries that the map holds. Default {@value #DEFAULT_MAX_ENTRIES}.
     *
     * @throws GridException if it is below 1
     */
    public MapConfig maxEntries(long maxEntries) {
        if (maxEntries < 1) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + mapName + "': maxEntries must be at least 1, but is " + maxEntries);
        }
        this.maxEntries = maxEntries;
        return this;
    }

    /** What the map does with a new key when it is full. Default {@link Eviction#NONE}. */
    public MapConfig eviction(Eviction eviction) {
        this.eviction = Objects.requireNonNull(
                eviction, () -> "map '" + mapName + "': eviction is null; choose NONE or INSERTION_ORDER");
        return this;
    }

    long maxEntries() {
        return maxEntries;
    }

    Eviction eviction() {
        return eviction;
    }
}
