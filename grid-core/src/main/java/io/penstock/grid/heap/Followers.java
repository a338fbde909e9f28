package io.penstock.grid.heap;

/**
 * Who is told of each change of a {@link HeapTable}: a live table, while local views are open.
 *
 * <p>They are told while the key is locked and just before the change is made, so that in their eyes the changes of a
 * key come in the order in which they happen, and so that nothing has happened if one of them fails for want of memory.
 */
final class Followers<K, V> {

    /** Null while no view is open. */
    private volatile LiveTable live;

    LiveTable live() {
        return live;
    }

    void follow(LiveTable live) {
        this.live = live;
    }

    /**
     * The key is about to get a value.
     *
     * @return the live table that was told, or null
     */
    LiveTable stores(K key, V value) {
        LiveTable told = live;
        if (told != null) {
            told.put(key, value);
        }
        return told;
    }

    /** The key is about to be removed. */
    void removes(K key) {
        LiveTable told = live;
        if (told != null) {
            told.remove(key);
        }
    }
}
