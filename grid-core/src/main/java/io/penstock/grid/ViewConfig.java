package io.penstock.grid;

import io.penstock.grid.view.ViewSettings;
import io.penstock.grid.view.ViewSettings.Scope;
import java.time.Duration;
import java.util.BitSet;

/**
 * The settings of a local view. Of a map on an embedded grid, a view always has all entries and is never behind, so
 * that they have no effect there. Whatever the partitions, every key may be looked up: for one that the view does not
 * have, the owner is asked.
 */
public final class ViewConfig {

    private long maxLagNs = Long.MAX_VALUE;
    private Scope scope = Scope.ALL;
    private final BitSet partitions = new BitSet();

    /** All entries, and no maximum. */
    public ViewConfig() {}

    /**
     * How far the view may be behind: while it is further, its readers ask the owners of the keys. Default: no maximum.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ViewConfig maxLag(Duration maxLag) {
        if (maxLag.isNegative()) {
            throw new IllegalArgumentException("maxLag must not be negative, but is " + maxLag);
        }
        try {
            maxLagNs = maxLag.toNanos();
        } catch (ArithmeticException e) {
            maxLagNs = Long.MAX_VALUE;
        }
        return this;
    }

    /** The view has all entries of the map. The default. */
    public ViewConfig allPartitions() {
        scope = Scope.ALL;
        return this;
    }

    /**
     * The view has the entries that this member owns, whichever these are: partitions that come to it are loaded, those
     * that go are dropped. Of a client, it has none.
     */
    public ViewConfig ownPartitions() {
        scope = Scope.OWN;
        return this;
    }

    /** The view has the entries of these partitions, wherever their owners are: those that a job's instance works on. */
    public ViewConfig partitions(int... numbers) {
        scope = Scope.GIVEN;
        for (int number : numbers) {
            partitions.set(number);
        }
        return this;
    }

    /** For the map that opens the view. */
    public ViewSettings settings() {
        return new ViewSettings(maxLagNs, scope, scope == Scope.GIVEN ? (BitSet) partitions.clone() : new BitSet());
    }
}
