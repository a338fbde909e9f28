package io.penstock.grid.cluster;

/** Says of a write whether the map has room for it. */
interface Room {

    /** For maps without a maximum that writers have to mind. */
    Room UNLIMITED = (key, seen, next) -> {};

    /**
     * Takes place for a value, or throws.
     *
     * @param seen what the new value replaces; null if the key is new
     * @throws io.penstock.grid.GridException with {@link io.penstock.grid.GridException.Code#MAP_FULL}
     */
    void admit(Stored key, Stored seen, Stored next);
}
