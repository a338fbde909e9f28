package io.penstock.grid.heap;

import io.penstock.grid.view.LiveTable;
import io.penstock.grid.MapChange;
import io.penstock.grid.query.Indexes;

/**
 * Who is told of each change of a {@link Partition}: the map's indexes, a live table while there is one, and a journal
 * once somebody asked for the map's changes. All under the monitor of the partition, so that in their eyes the changes
 * of a key come in the order in which they happen.
 */
final class Followers<K, V> {

    private final Indexes<K, V> indexes;
    /** Null while nobody looks at the map through views. */
    private LiveTable live;
    /** Null until somebody asks for it. */
    private Journal<K, V> journal;
    /** Also read without the monitor, where a little late is good enough. */
    private volatile boolean any;

    Followers(Indexes<K, V> indexes) {
        this.indexes = indexes;
        live(null);
    }

    void live(LiveTable live) {
        this.live = live;
        any = !indexes.isEmpty() || live != null || journal != null;
    }

    void journal(Journal<K, V> journal) {
        this.journal = journal;
        any = true;
    }

    Journal<K, V> journal() {
        return journal;
    }

    boolean any() {
        return any;
    }

    /**
     * Tells of a change that was made. If one of them fails, for want of memory or because a property of the value
     * cannot be read, none of them knows of it.
     *
     * @param before null if the key was absent
     * @param after null if it is absent now
     */
    void changed(MapChange.Kind kind, K key, V before, V after) {
        if (!any) {
            return;
        }
        indexes.changed(key, before, after);
        try {
            tellLive(key, after);
            try {
                if (journal != null) {
                    journal.append(kind, key, before, after);
                }
            } catch (Throwable e) {
                tellLive(key, before);
                throw e;
            }
        } catch (Throwable e) {
            indexes.changed(key, after, before);
            throw e;
        }
    }

    private void tellLive(K key, V value) {
        if (live == null) {
            return;
        }
        if (value == null) {
            live.remove(key);
        } else {
            live.put(key, value);
        }
    }
}
