package io.penstock.grid.heap;

import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapCounters;
import io.penstock.grid.host.MapThreads;
import io.penstock.grid.host.MapTimers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What {@link java.util.concurrent.ConcurrentMap} demands of a heap map: checks what comes in, and turns each method
 * into one change of the {@link HeapTable}.
 */
abstract sealed class ConcurrentHeapMap<K, V> extends HostedMap<K, V> permits HeapMap {

    private final long[] counterCells = counters.cells();

    /** What the map holds, while it is open and holds bare values only; null forever once that is not so any more. */
    private volatile ConcurrentHashMap<K, Object> bareValues;

    ConcurrentHeapMap(MapRef<K, V> ref, String gridName, MapThreads threads) {
        super(ref, gridName, threads);
    }

    /** The table, if the map is open. */
    abstract HeapTable<K, V> table();

    abstract MapTimers timers();

    final void bareValues(ConcurrentHashMap<K, Object> bareValues) {
        this.bareValues = bareValues;
    }

    // ---- reading

    /** Takes the short way if there is one: as few loads as can be, so that look-ups overlap; see {@link MapCounters}. */
    @Override
    @SuppressWarnings("unchecked") // these are bare values
    public V get(Object key) {
        boolean isTimed = MapCounters.countLookup(counterCells, counters);
        ConcurrentHashMap<K, Object> bare = bareValues;
        if (bare == null || key == null || isTimed) {
            return getCarefully(key, isTimed);
        }
        V value = (V) bare.get(key);
        if (bare != bareValues) {
            return getCarefully(key, false); // it may be an entry, which has come since
        }
        if (value == null) {
            counters.missed();
        }
        return value;
    }

    private V getCarefully(Object key, boolean isTimed) {
        HeapTable<K, V> open = table();
        checks.nonNullKey(key);
        long startNs = isTimed ? System.nanoTime() : 0;
        V value = open.read(key);
        if (isTimed) {
            timers().got(startNs);
        }
        if (value == null) {
            counters.missed();
        }
        return value;
    }

    @Override
    public V peek(Object key) {
        return table().peek(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return table().peek(checks.nonNullKey(key)) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        table();
        checks.nonNullValue(value);
        for (V present : values()) {
            if (value.equals(present)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int size() {
        return (int) Math.min(table().entryCount(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return table().entryCount() == 0;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        HeapTable<K, V> open = table();
        checks.nonNullFunction(action);
        open.forEach(action);
    }

    // ---- writing

    @Override
    public V put(K key, V value) {
        HeapTable<K, V> open = table();
        checks.keyAndValue(key, value);
        if (!counters.samplesPut()) {
            return open.put(key, value);
        }
        long startNs = System.nanoTime();
        V before = open.put(key, value);
        timers().put(startNs);
        return before;
    }

    @Override
    public V putIfAbsent(K key, V value) {
        checks.keyAndValue(key, value);
        return putIfAbsent(key, value, 0);
    }

    final V putIfAbsent(K key, V value, long ttlNs) {
        HeapTable<K, V> open = table();
        V present = open.read(key);
        if (present != null) {
            return present;
        }
        return open.change(key, (k, before, change) -> {
            change.ttlNs(ttlNs);
            return before != null ? change.keep() : value;
        }).before();
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        table();
        checks.nonNull("map of entries", entries).forEach(this::put);
    }

    @Override
    public V remove(Object key) {
        return table().remove(checks.nonNullKey(key), Kind.REMOVE);
    }

    @Override
    public boolean remove(Object key, Object value) {
        HeapTable<K, V> open = table();
        checks.nonNullKey(key);
        return value != null
                && open.changePresent(key, (k, before, change) ->
                        form.same(value, before) ? null : change.keep()).removed();
    }

    @Override
    public V replace(K key, V value) {
        HeapTable<K, V> open = table();
        checks.keyAndValue(key, value);
        return open.changePresent(key, (k, before, change) -> value).before();
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        HeapTable<K, V> open = table();
        checks.key(key);
        checks.nonNullValue(expected);
        checks.value(checks.nonNullValue(value));
        return open.changePresent(key, (k, before, change) ->
                form.same(expected, before) ? value : change.keep()).stored();
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checks.key(key);
        checks.nonNullFunction(function);
        return open.change(key, (k, before, change) -> checks.value(function.apply(k, before))).after();
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        HeapTable<K, V> open = table();
        checks.key(key);
        checks.nonNullFunction(function);
        V present = open.read(key);
        return present != null
                ? present
                : open.change(key, (k, before, change) ->
                        before != null ? change.keep() : checks.value(function.apply(k))).after();
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checks.key(key);
        checks.nonNullFunction(function);
        return open.changePresent(key, (k, before, change) -> checks.value(function.apply(k, before))).after();
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checks.keyAndValue(key, value);
        checks.nonNullFunction(function);
        return open.change(key, (k, before, change) ->
                before == null ? value : checks.value(function.apply(before, value))).after();
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checks.nonNullFunction(function);
        for (K key : keySet()) {
            open.changePresent(key, (k, before, change) ->
                    checks.value(checks.nonNullValue(function.apply(k, before))));
        }
    }

    /** Removes the entries one by one; what others put meanwhile may stay. */
    @Override
    public void clear() {
        table().clear();
    }
}
