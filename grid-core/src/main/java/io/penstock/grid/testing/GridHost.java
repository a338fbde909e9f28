package io.penstock.grid.testing;

import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import java.time.Duration;
import java.util.function.Consumer;

/** The kind of grid whose maps {@link GridMapContract} checks. Each check uses one host, and advances its time. */
public interface GridHost {

    /** Opens an empty grid of this kind, whose entries expire by the host's clock. The check closes it. */
    Grid openGrid(Consumer<GridConfig> settings);

    /** Lets time pass on the clock of the open grids. Where that clock is a real one, waits. */
    void advance(Duration time);

    /**
     * Returns when all local views show what was written before. Where a write is in the views before its call returns,
     * as on an embedded grid, does nothing, so that the checks see to it.
     */
    default void settle() {}

    /**
     * Settings that each map gets before those of a check, so that the same claims are checked with more partitions,
     * say, or of a map that evicts; with limits far from what a check comes to: 100,000 entries, one hour. Checks of
     * the limits themselves go without.
     */
    default void configure(MapConfig config) {}

    /** Is told of each map that was opened with {@link #configure}; may follow it, which must change no claim. */
    default void opened(GridMap<?, ?> map) {}

    /** How long a check waits for what comes some milliseconds later, before it fails. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }
}
