package io.penstock.grid;

/** The settings of one map. */
public final class MapConfig {

    /** The most entries that a map holds unless told otherwise. */
    public static final long DEFAULT_MAX_ENTRIES = 10_000_000;

    private long maxEntries = DEFAULT_MAX_ENTRIES;
    private Eviction eviction = Eviction.NONE;

    MapConfig() {}

    /**
     * The most entries that the map holds. Default {@value #DEFAULT_MAX_ENTRIES}.
     *
     * @throws GridException if it is below 1
     */
    public MapConfig maxEntries(long maxEntries) {
        if (maxEntries < 1) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG, "maxEntries must be at least 1, but is " + maxEntries);
        }
        this.maxEntries = maxEntries;
        return this;
    }

    /** What the map does with a new key when it is full. Default {@link Eviction#NONE}. */
    public MapConfig eviction(Eviction eviction) {
        this.eviction = java.util.Objects.requireNonNull(eviction, "eviction");
        return this;
    }

    long maxEntries() {
        return maxEntries;
    }

    Eviction eviction() {
        return eviction;
    }
}
