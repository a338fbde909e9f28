package io.penstock.grid;

/** What a map does with a new key when it holds its maximum. */
public enum Eviction {
    /** Refuses the key with {@link GridException.Code#MAP_FULL}; what is there stays. */
    NONE,
    /** Removes the entries whose keys were inserted first; a new value for a present key does not make it younger. */
    INSERTION_ORDER,
    /**
     * Removes the entries that are least likely to be used again, by how recently and how often they were read and
     * written. On an embedded grid that is Caffeine's Window TinyLFU policy, which may as well give up the newest key.
     */
    LEAST_USED
}
