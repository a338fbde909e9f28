package io.penstock.grid.view;

import java.util.BitSet;

/**
 * What a local view is to have, and how far it may be behind; {@link io.penstock.grid.ViewConfig} says more.
 *
 * @param maxLagNs {@link Long#MAX_VALUE} for no maximum
 * @param scope which partitions it has
 * @param partitions those of {@link Scope#GIVEN}; otherwise empty
 */
public record ViewSettings(long maxLagNs, Scope scope, BitSet partitions) {

    /** Which partitions a view has. */
    public enum Scope { ALL, OWN, GIVEN }
}
