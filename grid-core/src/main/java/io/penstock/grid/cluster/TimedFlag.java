package io.penstock.grid.cluster;

/**
 * Whether a map may have entries that expire, known to all its grids: from the first use of a time to live on. A map
 * that has none is counted by asking each member for a number.
 */
interface TimedFlag {

    /** There will be such an entry. Returns when all grids can know. */
    void raise();

    /** Whether there may be one, as far as this grid knows. */
    boolean isKnown();

    /** Whether there may be one. Asks the cluster unless it is known already. */
    boolean isRaised();
}
