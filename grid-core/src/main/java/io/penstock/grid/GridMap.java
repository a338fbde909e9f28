package io.penstock.grid;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * A map of the grid: the full contract of {@link ConcurrentMap}, and reads of several keys at once.
 *
 * <p>Null keys and values are refused with {@link NullPointerException}, as {@link ConcurrentMap} demands. Values are
 * not to be changed after a put. The function given to {@code compute} and its kin runs while the entry is locked, must not touch the
 * map, and may run more than once.
 *
 * <p><b>Limits.</b> A map holds at most {@link MapConfig#maxEntries(long)} entries. When a new key would exceed that,
 * the map does what its {@link Eviction} says: it refuses the key with {@link GridException.Code#MAP_FULL} and keeps
 * everything, or it removes the entries that were inserted first.
 */
public interface GridMap<K, V> extends ConcurrentMap<K, V> {

    /** The name and types by which this map was opened. */
    MapRef<K, V> ref();

    /** The entries of those keys that are present; the result is a copy. */
    Map<K, V> getAll(Collection<? extends K> keys);

    /** The number of entries; exact when no writer is at work. */
    long entryCount();
}
