package io.penstock.grid;

/** What a full map does with a new key. */
public enum Eviction {
    /** Refuses it with {@link GridException.Code#MAP_FULL}. */
    NONE,
    /** Removes the entries that were inserted first. A new value for a present key does not change the order. */
    INSERTION_ORDER
}
