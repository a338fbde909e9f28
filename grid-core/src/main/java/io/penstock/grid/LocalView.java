package io.penstock.grid;

/**
 * The entries of a map as a table in this JVM's heap, made for many look-ups: no lock, no copy, no network, and the
 * cache misses of a batch overlap. {@link GridMap#localView()} opens one; close it when it is not needed any more.
 * All open views of a map share one table, which is built when the first is opened. It is kept when the last is
 * closed, for those that come soon, and freed a minute later: on an embedded grid by the next write. On a cluster there
 * is a table for each set of partitions that is asked for ({@link ViewConfig}), in each member and client that asks.
 *
 * <p><b>What a reader sees.</b> On an embedded grid every change is in the view before the call that made it returns:
 * nothing lags, and a job sees its own writes. A value is seen whole or not at all, and whoever has seen a value of a
 * key never sees an older one of it. While a change is under way, {@link GridMap#get} may show it a moment before the
 * view does. The rows of a batch are read one after another, not at one instant.
 *
 * <p><b>On a cluster</b> the view follows the map's journals, some milliseconds behind. It is opened when it has all
 * that was in the map at some moment after the call to open it; so whoever writes and then opens a view finds what he
 * wrote. Later writes, also of this thread, come with that delay. A value is seen whole, and the readers of a view
 * never see an older value of a key than one that they have seen, whether it came from the table or from an owner, but
 * for this: a write whose call has not returned yet may be seen, and be lost with the member that crashes just then,
 * and the loss of a partition or the merge of a split cluster may take values back. A key that is not in the table is
 * only called absent if the table has all entries of its partition; otherwise its owner is asked (as by {@link
 * GridMap#get}, or {@link GridMap#getAll} for all such keys of a batch), and may fail to answer with {@link
 * GridException.Code#UNAVAILABLE}. That is so while partitions come to a view of its own member's partitions, after a
 * reader of the journal fell behind, and after the map lost a partition. Members that come, go and crash need no care;
 * when a split cluster was merged, or a client has found another cluster, the views load it by themselves. A map with
 * {@code journalCapacity} 0 has views that ask the owners about every key.
 *
 * <p><b>Cost.</b> While there is such a table, each write to the map also writes to the table, under one lock for all
 * keys. The table takes 24 to 64 bytes per entry beside the entry itself (about twice that while it grows), and is
 * copied when it is half full, during which writers wait, but readers do not. On a cluster no writer waits, the table
 * takes some 50 bytes per entry more, and the entries are in it as objects.
 *
 * <p><b>Threads.</b> A view may be used by any thread, a {@link Reader} by one thread only.
 *
 * <p>After {@link #close()}, and after the grid was closed, every method but {@link #close()} and {@link #ref()} throws
 * {@link GridException} with {@link GridException.Code#CLOSED}, and so do its readers, but for {@link Reader#count}.
 */
public interface LocalView<K, V> extends AutoCloseable {

    /** The most readers that one view gives out. */
    int READERS_MAX = 1_024;

    /** The map that this is a view of. */
    MapRef<K, V> ref();

    /** Whether the keys are Long or Integer, so that the look-ups by {@code long} may be used. */
    boolean hasLongKeys();

    /**
     * A new reader, for one thread. It lives as long as its view.
     *
     * @throws IllegalStateException if the view gave out {@link #READERS_MAX} readers
     */
    Reader<K, V> reader();

    /** The number of entries; exact when no writer is at work. */
    long entryCount();

    /**
     * Whether the view has all entries of the map. While it has not, its readers ask the owners about keys that they do
     * not find. On an embedded grid it is always true; on a cluster never, if not all partitions are asked for.
     */
    boolean isComplete();

    /**
     * How far the view is behind the map, in ns. On an embedded grid it is 0, but for entries whose time to live ended:
     * these go within 100 ms.
     *
     * <p>On a cluster, a heartbeat, every 200 ms or twice within the smallest {@code maxLag}, asks how far the
     * journals go, and when the view has come so far, it is proven to have all that was in the map when the heartbeat
     * set out. The lag is the time since the last one of which that was proven; 0 if it is less than two heartbeats.
     * Partitions of which the view shows nothing yet do not count.
     */
    long lagNs();

    /** Closes this view and its readers. Idempotent. */
    @Override
    void close();

    /**
     * Looks up keys of a view. Used by one thread: it keeps arrays for its batches and counts what it found, which
     * shows in the map's metrics. Allocates nothing.
     */
    interface Reader<K, V> {

        /**
         * The value of a key, or null.
         *
         * @throws NullPointerException if the key is null
         */
        V get(Object key);

        /**
         * The value of a Long or Integer key, or null.
         *
         * @throws GridException with {@link GridException.Code#BAD_KEY} unless {@link LocalView#hasLongKeys()}
         */
        V getLong(long key);

        /**
         * Looks up the first {@code count} keys. Batches of 256 or more are fastest, and the larger the table, the more
         * it gains over single look-ups.
         *
         * @param keys at least {@code count} keys
         * @param values receives one value or null for each key; later elements stay as they are. Its elements must be
         *     able to hold any value of the map
         * @return the number of values that were found
         * @throws GridException with {@link GridException.Code#BAD_KEY} unless {@link LocalView#hasLongKeys()}
         */
        int getAll(long[] keys, int count, Object[] values);

        /**
         * Looks up the first {@code count} keys. A null key, or a key of another class than the map's, has no value.
         *
         * @param keys at least {@code count} keys
         * @param values receives one value or null for each key; later elements stay as they are. Its elements must be
         *     able to hold any value of the map
         * @return the number of values that were found
         */
        int getAll(Object[] keys, int count, Object[] values);

        /** A quick way for the next few hundred look-ups. */
        Pass<V> pass();

        /** Counts look-ups that were made by a {@link Pass}, for the map's metrics. */
        void count(long hits, long misses);
    }

    /**
     * The table as it is laid out at a moment, for look-ups one by one in a tight loop. It shows every change that is
     * made until the table is copied for want of room, and none after that; so take a new one for every few hundred
     * look-ups. Counts nothing: see {@link Reader#count}. Used by one thread.
     */
    interface Pass<V> {

        /** The value of a key that is not null, or null. */
        V get(Object key);

        /** The value of a key of a view with Long or Integer keys, or null. */
        V getLong(long key);
    }
}
