package io.penstock.grid.testing;

import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** The kind of grid whose maps {@link GridMapContract} checks. Each check uses one host, and advances its time. */
public interface GridHost {

    /** Opens an empty grid of this kind, whose entries expire by the host's clock. The check closes it. */
    Grid openGrid(Consumer<GridConfig> settings);

    /** Lets time pass on the clock of the open grids. Where that clock is a real one, waits. */
    void advance(Duration time);

    /**
     * Returns when all local views of a map show what was written before. Where a write is in the views before its call
     * returns, as on an embedded grid, does nothing, so that the checks see to it.
     */
    default void settle(GridMap<?, ?> map) {}

    /**
     * Settings that each map gets before those of a check, so that the same claims are checked with more partitions,
     * say, or of a map that evicts; with limits far from what a check comes to: 100,000 entries, one hour. Checks of
     * the limits themselves go without.
     */
    default void configure(MapConfig config) {}

    /** Is told of each map that was opened with {@link #configure}; may follow it, which must change no claim. */
    default void opened(GridMap<?, ?> map) {}

    /**
     * Where the maps of this kind of grid differ from what the others do; checks of that are of what they do instead.
     */
    default Set<Difference> differences() {
        return Set.of();
    }

    /** What maps of some grids do in another way, for a reason that {@code docs/maps.md} gives to users. */
    enum Difference {
        /**
         * {@code partitions} has no effect: all maps have the cluster's. So writers of keys that are alone elsewhere
         * may wait for each other, and with any setting changes are in order by partition only.
         */
        PARTITIONS_ARE_THE_CLUSTERS,
        /**
         * A map that evicts keeps about its maximum: each partition its share, rounded up; and about those keys that it
         * would keep elsewhere. One that goes by bytes does so by whole MiB of each member.
         */
        EVICTS_ABOUT,
        /** {@code clear()} is told as {@code REMOVE}. */
        CLEARS_BY_REMOVING,
        /**
         * What expired is told some seconds later, also to who began after that; and not at all if the key is written
         * before: the write is told as {@code PUT}.
         */
        TELLS_EXPIRY_LATE,
        /** A journal is kept from the opening of the map on, not from the first {@code changes()}. */
        KEEPS_A_JOURNAL_ALWAYS
    }

    /**
     * How many operations a check of many makes, where that is more than a claim needs: this one's share of them, from
     * 0 to 1. Less where each goes through a network.
     */
    default double share() {
        return 1;
    }

    /** How long a check waits for what comes some milliseconds later, before it fails. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }
}
