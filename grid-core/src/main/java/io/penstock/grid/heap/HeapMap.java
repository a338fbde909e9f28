package io.penstock.grid.heap;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.grid.Changes;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A map in the heap of this JVM.
 *
 * <p>This class checks what comes in and speaks the language of {@link java.util.concurrent.ConcurrentMap};
 * {@link HeapTable} holds the entries, {@link EntryLimit} keeps their number.
 */
public final class HeapMap<K, V> extends AbstractMap<K, V> implements GridMap<K, V> {

    private final MapRef<K, V> ref;
    private final String gridName;
    private final MapLimits limits;
    private final MapCounters counters = new MapCounters();
    private final OpenViews<K, V> localViews;
    private final MapMeters meters;
    /** Null once the map is closed, which also frees the entries though somebody may hold on to the map. */
    private volatile HeapTable<K, V> table;

    /** Opens an empty map and registers its metrics. */
    public HeapMap(MapRef<K, V> ref, MapLimits limits, String gridName, MeterRegistry registry) {
        this(ref, limits, gridName, registry, System::nanoTime);
    }

    HeapMap(MapRef<K, V> ref, MapLimits limits, String gridName, MeterRegistry registry, LongSupplier nanoTime) {
        this.ref = ref;
        this.gridName = gridName;
        this.limits = limits;
        localViews = new OpenViews<>(this, nanoTime);
        this.table = new HeapTable<>(
                switch (limits.eviction()) {
                    case NONE -> new RefuseWhenFull<>(ref.name(), limits.maxEntries());
                    case INSERTION_ORDER, LEAST_USED -> new EvictFirstInserted<>(limits.maxEntries());
                },
                counters);
        this.meters = MapMeters.register(registry, gridName, this);
    }

    /** Frees the entries and removes the metrics; every later operation is refused. Idempotent. */
    public void close() {
        table = null;
        localViews.closeAll();
        meters.remove();
    }

    @Override
    public MapRef<K, V> ref() {
        return ref;
    }

    /** One line about the map, without any entry's content. */
    public String dump() {
        return "map '" + ref.name() + "': " + ref.keyType().getName() + " -> " + ref.valueType().getName() + ", "
                + entryCount() + " of at most " + limits.maxEntries() + " entries, eviction " + limits.eviction()
                + (localViews.isEmpty() ? "" : ", " + localViews.entryCount() + " in local views");
    }

    // ---- reading

    @Override
    public V get(Object key) {
        return getOrDefault(key, null);
    }

    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = table().peek(nonNullKey(key));
        if (value == null) {
            counters.misses.increment();
            return defaultValue;
        }
        counters.hits.increment();
        return value;
    }

    @Override
    public Map<K, V> getAll(Collection<? extends K> keys) {
        HeapTable<K, V> open = table();
        Objects.requireNonNull(keys, () -> "map '" + ref.name() + "': the collection of keys is null; give one");
        Map<K, V> found = new LinkedHashMap<>();
        long keyCount = 0;
        long hitCount = 0;
        for (K key : keys) {
            V value = open.peek(nonNullKey(key));
            keyCount++;
            if (value != null) {
                hitCount++;
                found.put(key, value);
            }
        }
        counters.lookedUp(keyCount, hitCount);
        return found;
    }

    @Override
    public boolean containsKey(Object key) {
        return table().entries().containsKey(nonNullKey(key));
    }

    @Override
    public boolean containsValue(Object value) {
        HeapTable<K, V> open = table();
        nonNullValue(value);
        for (HeapEntry<V> entry : open.entries().values()) {
            if (value.equals(entry.value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long entryCount() {
        return table().entries().mappingCount();
    }

    @Override
    public int size() {
        return table().entries().size();
    }

    @Override
    public boolean isEmpty() {
        return table().entries().isEmpty();
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        HeapTable<K, V> open = table();
        nonNullFunction(action);
        open.entries().forEach((key, entry) -> action.accept(key, entry.value));
    }

    // ---- writing

    @Override
    public V put(K key, V value) {
        HeapTable<K, V> open = table();
        checkKey(key);
        checkValue(nonNullValue(value));
        return open.change(key, (k, before, change) -> value).before();
    }

    @Override
    public V putIfAbsent(K key, V value) {
        HeapTable<K, V> open = table();
        checkKey(key);
        checkValue(nonNullValue(value));
        V present = open.peek(key);
        return present != null
                ? present
                : open.change(key, (k, before, change) -> before != null ? change.keep() : value).before();
    }

    @Override
    public V remove(Object key) {
        return table().changePresent(nonNullKey(key), (k, before, change) -> null).before();
    }

    @Override
    public boolean remove(Object key, Object value) {
        HeapTable<K, V> open = table();
        nonNullKey(key);
        return value != null
                && open.changePresent(key, (k, before, change) ->
                        value.equals(before) ? null : change.keep()).removed();
    }

    @Override
    public V replace(K key, V value) {
        HeapTable<K, V> open = table();
        checkKey(key);
        checkValue(nonNullValue(value));
        return open.changePresent(key, (k, before, change) -> value).before();
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        HeapTable<K, V> open = table();
        checkKey(key);
        nonNullValue(expected);
        checkValue(nonNullValue(value));
        return open.changePresent(key, (k, before, change) -> expected.equals(before) ? value : change.keep()).stored();
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checkKey(key);
        nonNullFunction(function);
        return open.change(key, (k, before, change) -> checkValue(function.apply(k, before))).after();
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        HeapTable<K, V> open = table();
        checkKey(key);
        nonNullFunction(function);
        V present = open.peek(key);
        return present != null
                ? present
                : open.change(key, (k, before, change) ->
                        before != null ? change.keep() : checkValue(function.apply(k))).after();
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checkKey(key);
        nonNullFunction(function);
        return open.changePresent(key, (k, before, change) -> checkValue(function.apply(k, before))).after();
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        checkKey(key);
        checkValue(nonNullValue(value));
        nonNullFunction(function);
        return open.change(key, (k, before, change) ->
                before == null ? value : checkValue(function.apply(before, value))).after();
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        HeapTable<K, V> open = table();
        nonNullFunction(function);
        for (K key : open.entries().keySet()) {
            open.changePresent(key, (k, before, change) -> checkValue(nonNullValue(function.apply(k, before))));
        }
    }

    /** Removes the entries one by one; what others put meanwhile may stay. */
    @Override
    public void clear() {
        HeapTable<K, V> open = table();
        for (K key : open.entries().keySet()) {
            open.changePresent(key, (k, before, change) -> null);
        }
    }

    // ---- views

    @Override
    public LocalView<K, V> localView() {
        return localViews.open();
    }

    @Override
    public Set<K> keySet() {
        table();
        return new KeyView<>(this);
    }

    @Override
    public Collection<V> values() {
        table();
        return new ValueView<>(this);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        table();
        return new EntryView<>(this);
    }

    /** The entries, as any map's; of a closed map, its name, so that a log line never fails. */
    @Override
    public String toString() {
        return table == null ? ref + ", closed" : super.toString();
    }


    // ---- for metrics

    double entryCountOrZero() {
        HeapTable<K, V> open = table;
        return open == null ? 0 : open.entries().mappingCount();
    }

    double journalCountOrZero() {
        HeapTable<K, V> open = table;
        return open == null ? 0 : open.journalCount();
    }

    MapCounters counters() {
        return counters;
    }

    OpenViews<K, V> localViews() {
        return localViews;
    }

    // ---- checks

    /** The table, if the map is open. */
    HeapTable<K, V> table() {
        HeapTable<K, V> open = table;
        if (open == null) {
            throw new GridException(
                    GridException.Code.CLOSED,
                    "map '" + ref.name() + "' is closed with its grid '" + gridName
                            + "'; use it before Grid.close(), or open another grid");
        }
        return open;
    }

    private Object nonNullKey(Object key) {
        return Objects.requireNonNull(key, () -> "map '" + ref.name() + "': the key is null; keys must not be null");
    }

    private <T> T nonNullValue(T value) {
        return Objects.requireNonNull(
                value, () -> "map '" + ref.name() + "': the value is null; remove the key instead of storing null");
    }

    private void nonNullFunction(Object function) {
        Objects.requireNonNull(function, () -> "map '" + ref.name() + "': the function is null; give one");
    }

    private void checkKey(Object key) {
        if (!ref.keyType().isInstance(nonNullKey(key))) {
            throw wrongType(GridException.Code.BAD_KEY, "key", ref.keyType(), key);
        }
    }

    /** Checks the class of a value that may be null. */
    private V checkValue(V value) {
        if (value != null && !ref.valueType().isInstance(value)) {
            throw wrongType(GridException.Code.BAD_VALUE, "value", ref.valueType(), value);
        }
        return value;
    }

    private GridException wrongType(GridException.Code code, String what, Class<?> expected, Object found) {
        return new GridException(
                code,
                "map '" + ref.name() + "': a " + what + " must be a " + expected.getName() + ", but is a "
                        + found.getClass().getName() + "; look for a raw type or an unchecked cast at the caller");
    }

    // ---- to be written
    private static UnsupportedOperationException later() { return new UnsupportedOperationException("on its way"); }
    @Override public io.penstock.grid.MapFigures figures() { throw later(); }
    @Override public Map<K, V> select(io.penstock.grid.MapPredicate<? super K, ? super V> p) { throw later(); }
    @Override public long count(io.penstock.grid.MapPredicate<? super K, ? super V> p) { throw later(); }
    @Override public long removeAll(io.penstock.grid.MapPredicate<? super K, ? super V> p) { throw later(); }
    @Override public V put(K key, V value, java.time.Duration ttl) { throw later(); }
    @Override public V putIfAbsent(K key, V value, java.time.Duration ttl) { throw later(); }
    @Override public java.time.Duration timeToLive(K key) { throw later(); }
    @Override public V update(K key, io.penstock.grid.UpdateFunction<V> f) { throw later(); }
    @Override public <R> R process(K key, io.penstock.grid.EntryProcessor<K, V, R> p) { throw later(); }
    @Override public <R> Map<K, R> processAll(Collection<? extends K> keys, io.penstock.grid.EntryProcessor<K, V, R> p) { throw later(); }
    @Override public <R> Map<K, R> processAll(io.penstock.grid.MapPredicate<? super K, ? super V> w, io.penstock.grid.EntryProcessor<K, V, R> p) { throw later(); }
    @Override public io.penstock.grid.AsyncMap<K, V> async() { throw later(); }
    @Override public LocalView<K, V> localView(java.time.Duration maxLag) { throw later(); }
    @Override public io.penstock.grid.MapListener.Registration listen(io.penstock.grid.MapListener<K, V> l) { throw later(); }
    @Override public Changes<K, V> changes() { throw later(); }
}
