package io.penstock.grid;

import io.penstock.grid.heap.MapLimits;
import java.util.Objects;

/** The settings of one map. */
public final class MapConfig {

    /** The most entries that a map holds unless told otherwise. */
    public static final long DEFAULT_MAX_ENTRIES = 10_000_000;

    /** The number of changes that a map's journal keeps unless told otherwise. */
    public static final int DEFAULT_JOURNAL_CAPACITY = 1_024;

    private static final int JOURNAL_CAPACITY_MAX = 1 << 24;

    private final String mapName;
    private long maxEntries = DEFAULT_MAX_ENTRIES;
    private Eviction eviction = Eviction.NONE;
    private int journalCapacity = DEFAULT_JOURNAL_CAPACITY;

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

    /**
     * The number of changes that {@link GridMap#changes()} keeps, from its first call on; before that they are not kept
     * and cost nothing. Default {@value #DEFAULT_JOURNAL_CAPACITY}. With 0, {@code changes()} is refused.
     *
     * @throws GridException if it is below 0 or above 16,777,216
     */
    public MapConfig journalCapacity(int journalCapacity) {
        if (journalCapacity < 0 || journalCapacity > JOURNAL_CAPACITY_MAX) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + mapName + "': journalCapacity must be from 0 to " + JOURNAL_CAPACITY_MAX + ", but is "
                            + journalCapacity);
        }
        this.journalCapacity = journalCapacity;
        return this;
    }

    MapLimits limits() {
        return new MapLimits(maxEntries, eviction, journalCapacity);
    }

    MapConfig copy() {
        return new MapConfig(mapName).maxEntries(maxEntries).eviction(eviction).journalCapacity(journalCapacity);
    }
}
