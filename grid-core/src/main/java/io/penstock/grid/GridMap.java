package io.penstock.grid;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * A map of the grid: the full contract of {@link ConcurrentMap}, and what services need beyond it.
 *
 * <p>Null keys and values are refused with {@link NullPointerException}, as {@link ConcurrentMap} demands. Values are
 * not to be changed after a put. A key or a value of another class than the map's, which only raw types or unchecked
 * casts let in, is refused on every write with {@link GridException.Code#BAD_KEY} or
 * {@link GridException.Code#BAD_VALUE}.
 *
 * <p><b>Functions.</b> What is given to {@code compute} and its kin, {@link #update} and {@link #process} runs alone with
 * its entry, and holds up other writers of the entry's partition. It must not touch the map, and may run more than
 * once.
 *
 * <p><b>Conditions.</b> {@code remove(key, value)} and {@code replace(key, expected, value)} take two values for the same
 * if {@code equals} does, or if the {@link Codec} makes the same bytes of them; so do records of arrays.
 *
 * <p><b>Views.</b> {@code keySet}, {@code values} and {@code entrySet} write through and are weakly consistent: a walk
 * over them never fails on account of other writers, and may or may not show what they do meanwhile.
 * {@code Entry.setValue} writes only if the key is still present. {@code toString} shows the entries, as that of any
 * map: do not log a map; {@link Grid#dump()} is made for that.
 *
 * <p><b>Limits.</b> A map holds at most {@link MapConfig#maxEntries(long)} entries, or {@link
 * MapConfig#maxBytes(long)}. When a new key, or a larger value, would exceed that, the map does what its {@link
 * Eviction} says: it refuses the write with {@link GridException.Code#MAP_FULL} and keeps everything, or it removes
 * others. An entry that alone is larger than the maximum is always refused. A map that refuses never holds more than
 * its maximum; one that evicts may hold a few more while writers are at work. On a cluster, several grids that write at
 * the same time may exceed it by a few, and a map that evicts holds about its maximum.
 *
 * <p><b>Time to live</b> is the one given with the value, or else {@link MapConfig#ttl(Duration)}, and counts from the
 * write of the value; each write that gives none, of whatever method, ends the one given before. An entry whose time
 * has ended is absent for every method at once; {@link #changes()}, listeners and local views are told within 100 ms,
 * and on a cluster within some seconds.
 *
 * <p>After the grid was closed, every operation but {@link #ref()} and {@code toString} throws
 * {@link GridException} with {@link GridException.Code#CLOSED}.
 */
public interface GridMap<K, V> extends ConcurrentMap<K, V> {

    /** The name and types by which this map was opened. */
    MapRef<K, V> ref();

    /** The number of entries; exact when no writer is at work. */
    long entryCount();

    /** How much the map holds. Takes some time: it may look at some hundred entries. */
    MapFigures figures();

    // ---- several keys

    /** The entries of those keys that are present, in the order of the keys; the result is a copy. */
    Map<K, V> getAll(Collection<? extends K> keys);

    /** The entries that a predicate chooses; a copy. Through an index where the predicate allows it. */
    Map<K, V> select(MapPredicate<? super K, ? super V> predicate);

    /** The number of entries that a predicate chooses. */
    long count(MapPredicate<? super K, ? super V> predicate);

    /** Removes the entries that a predicate chooses, each atomically with its test, and returns their number. */
    long removeAll(MapPredicate<? super K, ? super V> predicate);

    // ---- time to live

    /**
     * {@link #put(Object, Object)} with a time to live.
     *
     * @param ttl above zero; of more than about 292 years, forever
     * @throws IllegalArgumentException if the time to live is not above zero
     */
    V put(K key, V value, Duration ttl);

    /** {@link #putIfAbsent(Object, Object)} with a time to live, as {@link #put(Object, Object, Duration)}. */
    V putIfAbsent(K key, V value, Duration ttl);

    /** What is left of the time to live of a key; null if it is absent, or has none. */
    Duration timeToLive(K key);

    // ---- functions of entries

    /**
     * Replaces the value of a key by what a function makes of it, atomically.
     *
     * @return the new value; null if the key is absent now
     */
    V update(K key, UpdateFunction<V> function);

    /** Runs a processor on the entry of a key, present or not, and returns what it returns. */
    <R> R process(K key, EntryProcessor<K, V, R> processor);

    /**
     * Runs a processor on the entries of several keys, present or not, one after another; each for itself is atomic.
     *
     * @return what the processor returned, by key, without nulls. If it throws, the entries before have been processed
     */
    <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor);

    /** Runs a processor on the entries that a predicate chooses, each atomically with its test. */
    <R> Map<K, R> processAll(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor);

    /** The same operations without waiting. */
    AsyncMap<K, V> async();

    // ---- following

    /** {@link #localView(Consumer)} of all entries, with no maximum of its lag. */
    default LocalView<K, V> localView() {
        return localView(config -> {});
    }

    /** {@link #localView(Consumer)} of all entries, with a maximum of its lag. */
    default LocalView<K, V> localView(Duration maxLag) {
        return localView(config -> config.maxLag(maxLag));
    }

    /**
     * Opens a view of this map's entries in this JVM that is made for many look-ups, and returns when it has them. The
     * first one of a map copies all its entries, which takes some 0.2 to 0.4 µs each, and on a cluster some µs; writers go
     * on meanwhile.
     */
    LocalView<K, V> localView(Consumer<ViewConfig> settings);

    /**
     * The map's latest changes. They are kept from the first call on: of all writes that begin after it has returned,
     * and of some that were under way.
     *
     * @throws GridException with {@link GridException.Code#BAD_CONFIG} if the map's
     *     {@link MapConfig#journalCapacity(int)} is 0
     */
    Changes<K, V> changes();

    /**
     * Tells a listener of all changes from now on, until the registration or the grid is closed.
     *
     * @throws GridException with {@link GridException.Code#BAD_CONFIG} if the map keeps no {@link #changes()}
     */
    MapListener.Registration listen(MapListener<K, V> listener);
}
