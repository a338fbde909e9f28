package io.penstock.grid;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * A map of the grid: the full contract of {@link ConcurrentMap}, and reads of several keys at once.
 *
 * <p>Null keys and values are refused with {@link NullPointerException}, as {@link ConcurrentMap} demands. Values are
 * not to be changed after a put. The function given to {@code compute} and its kin runs while the entry is locked, must
 * not touch the map, and may run more than once. A key or a value of another class than the map's, which only raw types
 * or unchecked casts let in, is refused on every write with {@link GridException.Code#BAD_KEY} or
 * {@link GridException.Code#BAD_VALUE}.
 *
 * <p><b>Views.</b> {@code keySet}, {@code values} and {@code entrySet} write through and are weakly consistent: a walk
 * over them never fails on account of other writers, and may or may not show what they do meanwhile.
 * {@code Entry.setValue} writes only if the key is still present. {@code toString} shows the entries, as that of any
 * map: do not log a map; {@link Grid#dump()} is made for that.
 *
 * <p><b>Limits.</b> A map holds at most {@link MapConfig#maxEntries(long)} entries. When a new key would exceed that,
 * the map does what its {@link Eviction} says: it refuses the key with {@link GridException.Code#MAP_FULL} and keeps
 * everything, or it removes the entries that were inserted first. A map that refuses never holds more than its maximum;
 * one that evicts may hold one more for each writer at work.
 *
 * <p>After the grid was closed, every operation but {@link #ref()} and {@code toString} throws
 * {@link GridException} with {@link GridException.Code#CLOSED}.
 */
public interface GridMap<K, V> extends ConcurrentMap<K, V> {

    /** The name and types by which this map was opened. */
    MapRef<K, V> ref();

    /** The entries of those keys that are present, in the order of the keys; the result is a copy. */
    Map<K, V> getAll(Collection<? extends K> keys);

    /** The number of entries; exact when no writer is at work. */
    long entryCount();

    /**
     * Opens a view of this map's entries in this JVM that is made for many look-ups. The first one of a map copies all
     * its entries, which takes some 0.2 to 0.4 µs each; writers go on meanwhile.
     */
    LocalView<K, V> localView();

    /**
     * The map's latest changes in order. They are kept from the first call on; a change that was under way during that
     * call may be missing.
     *
     * @throws GridException with {@link GridException.Code#BAD_CONFIG} if the map's
     *     {@link MapConfig#journalCapacity(int)} is 0
     */
    Changes<K, V> changes();
}
