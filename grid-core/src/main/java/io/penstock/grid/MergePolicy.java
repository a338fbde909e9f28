package io.penstock.grid;

/** Which value of a key stays when the two halves of a cluster that was split find each other again. */
public enum MergePolicy {
    /** The one that was written last, by the clocks of the members. */
    LATEST_WRITE,
    /** That of the half which the other joins, if it has one. */
    KEEP_OF_LARGER_HALF,
    /** Only what the half has which the other joins: what the other wrote is lost. */
    DISCARD_OF_SMALLER_HALF
}
