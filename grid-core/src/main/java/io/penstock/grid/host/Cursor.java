package io.penstock.grid.host;

/** A walk over the entries of a map, weakly consistent, of which each entry is seen at most once. Used by one thread. */
public interface Cursor<K, V> {

    /**
     * Goes to the next entry, if there is one.
     *
     * @throws io.penstock.grid.GridException if the grid was closed
     */
    boolean advance();

    /** The key at which the walk is. */
    K key();

    /** The value that the key had. */
    V value();
}
