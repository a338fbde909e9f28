package io.penstock.grid;

/**
 * Is told of a map's changes, some milliseconds after they were made; see {@link GridMap#listen}. Called on a thread of
 * the grid, for one change at a time. What it throws is logged and counted, and it is told of the next change.
 */
@FunctionalInterface
public interface MapListener<K, V> {

    /** A change was made. The changes of a key come in order. */
    void onChange(MapChange<K, V> change);

    /** This listener was so slow that it lost changes; the next is told with the oldest that are left. */
    default void onChangesLost(ChangesLostException gap) {}

    /** Ends the telling. A call that is under way may still go on. */
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
