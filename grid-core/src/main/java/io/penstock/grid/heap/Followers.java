package io.penstock.grid.heap;

import io.penstock.grid.MapChange;

/**
 * Who is told of each change of a {@link HeapTable}: a live table while there is one, and a journal once
 * somebody asked for the map's changes.
 *
 * <p>They are told while the key is locked and just before the change is made, so that in their eyes the changes of a
 * key come in the order in which they happen, and so that nothing has happened if the live table fails for want of
 * memory. The journal, which is told last, cannot fail.
 */
final class Followers<K, V> {

    /** Null while nobody looks at the map through views. */
    private volatile LiveTable live;

    LiveTable live() {
        return live;
    }

    void live(LiveTable live) {
        this.live = live;
    }

    /**
     * The key is about to get a value.
     *
     * @param before null if it is absent
     * @return the live table that was told, or null
     */
    LiveTable stores(K key, V before, V after) {
        LiveTable told = live;
        if (told != null) {
            told.put(key, after);
        }
        return told;
    }

    /** The key is about to be removed. */
    void removes(MapChange.Kind kind, K key, V before) {
        LiveTable told = live;
        if (told != null) {
            told.remove(key);
        }
    }
}
