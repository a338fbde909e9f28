package io.penstock.grid.host;

import io.penstock.grid.AsyncMap;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A map as its host made it: its collections, its asynchronous calls, and what its metrics, its listeners and its grid
 * need of it, which are the same wherever the entries live.
 */
public abstract class HostedMap<K, V> extends AbstractMap<K, V> implements GridMap<K, V> {

    protected final MapChecks<K, V> checks;
    protected final EntryForm<K, V> form;
    protected final MapCounters counters = new MapCounters();
    protected final MapThreads threads;

    protected HostedMap(MapRef<K, V> ref, String gridName, MapThreads threads) {
        checks = new MapChecks<>(ref, gridName);
        form = new EntryForm<>(ref);
        this.threads = threads;
    }

    // ---- for its grid

    /** One line about the map, without any entry's content. */
    public abstract String dump();

    /** Frees what the map has in this JVM and removes its metrics; every later operation is refused. Idempotent. */
    public abstract void close();

    public abstract boolean isClosed();

    // ---- for its collections

    /** The value of a key, which may be of another class; counts as no use of it. */
    public abstract V peek(Object key);

    /** A walk over the entries. */
    public abstract Cursor<K, V> cursor();

    /** @throws io.penstock.grid.GridException if the map is closed */
    public final void checkOpen() {
        if (isClosed()) {
            throw checks.closed();
        }
    }

    // ---- for its metrics: never fail, and take no lock that is held for long

    public final MapCounters counters() {
        return counters;
    }

    public abstract double entryCountOrZero();

    /** NaN if the codec refuses the types. */
    public abstract double bytesOrZero();

    public abstract double journalCountOrZero();

    /** The share in use of the fullest journal. */
    public abstract double journalFillOrZero();

    /** The entries in the tables behind local views. */
    public abstract double viewEntryCount();

    /** What all readers of all local views found so far. */
    public abstract LookupCount viewLookups();

    /** How far the local view that is furthest behind is so, in seconds. */
    public abstract double viewLagSeconds();

    // ---- what all maps do

    @Override
    public final MapRef<K, V> ref() {
        return checks.ref();
    }

    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public final AsyncMap<K, V> async() {
        checkOpen();
        return new MapAsync<>(this, checks, threads);
    }

    @Override
    public final LocalView<K, V> localView(Duration maxLag) {
        checkOpen();
        if (checks.nonNull("maximum lag", maxLag).isNegative()) {
            throw new IllegalArgumentException(checks.text("maxLag must not be negative, but is " + maxLag));
        }
        return localView(config -> config.maxLag(maxLag));
    }

    @Override
    public final Set<K> keySet() {
        checkOpen();
        return new KeyView<>(this);
    }

    @Override
    public final Collection<V> values() {
        checkOpen();
        return new ValueView<>(this);
    }

    @Override
    public final Set<Map.Entry<K, V>> entrySet() {
        checkOpen();
        return new EntryView<>(this);
    }

    /** The entries, as any map's; of a closed map, its name, so that a log line never fails. */
    @Override
    public final String toString() {
        return isClosed() ? ref() + ", closed" : super.toString();
    }
}
