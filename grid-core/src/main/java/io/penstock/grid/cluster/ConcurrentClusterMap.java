package io.penstock.grid.cluster;

import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.Cursor;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapCounters;
import io.penstock.grid.host.MapThreads;
import io.penstock.grid.host.MapTimers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What {@link java.util.concurrent.ConcurrentMap} demands of a map on a cluster: checks what comes in, counts, and
 * turns each method into calls of {@link StoredEntries}.
 */
abstract sealed class ConcurrentClusterMap<K, V> extends HostedMap<K, V> permits ClusterMap {

    private static final int ENTRIES_AT_ONCE = 5_000;

    private final long[] counterCells = counters.cells();

    ConcurrentClusterMap(MapRef<K, V> ref, String gridName, MapThreads threads) {
        super(ref, gridName, threads);
    }

    abstract StoredEntries<K, V> entries();

    abstract StoredForm<K, V> form();

    abstract Admission<K, V> admission();

    abstract MapTimers timers();

    abstract long nowMs();

    /** Refuses a closed map, and a use from within a function that was given to it. */
    final void checkWritable() {
        checkOpen();
        if (counters.isInFunction()) {
            throw new IllegalStateException(checks.text("a function that was given to it writes to it, or begins to"
                    + " follow it; return the new value from the function, or do so after it has returned"));
        }
    }

    // ---- reading

    @Override
    public V get(Object key) {
        boolean isTimed = MapCounters.countLookup(counterCells, counters);
        checkOpen();
        checks.nonNullKey(key);
        long startNs = isTimed ? System.nanoTime() : 0;
        V value = find(key);
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
        checkOpen();
        return find(key);
    }

    @SuppressWarnings("unchecked") // checked
    private V find(Object key) {
        if (!ref().keyType().isInstance(key)) {
            return null; // it is simply absent
        }
        Stored found = entries().find(form().key((K) key));
        return found == null ? null : form().liveValue(found, nowMs());
    }

    @Override
    public boolean containsKey(Object key) {
        checkOpen();
        return peek(checks.nonNullKey(key)) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        checkOpen();
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
        return (int) Math.min(entryCount(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return entryCount() == 0;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        checkOpen();
        checks.nonNullFunction(action);
        for (Cursor<K, V> cursor = cursor(); cursor.advance();) {
            action.accept(cursor.key(), cursor.value());
        }
    }

    // ---- writing

    @Override
    public V put(K key, V value) {
        boolean isTimed = counters.samplesPut();
        long startNs = isTimed ? System.nanoTime() : 0;
        V before = put(key, value, TimesToLive.OF_MAP);
        if (isTimed) {
            timers().put(startNs);
        }
        return before;
    }

    final V put(K key, V value, long ttlNs) {
        checkWritable();
        checks.keyAndValue(key, value);
        long nowMs = nowMs();
        Stored storedKey = form().key(key);
        Stored next = entries().next(value, ttlNs, nowMs);
        V before = form().liveValue(admission().put(storedKey, next, ttlNs), nowMs);
        counters.stored();
        return before;
    }

    @Override
    public V putIfAbsent(K key, V value) {
        return putIfAbsent(key, value, TimesToLive.OF_MAP);
    }

    final V putIfAbsent(K key, V value, long ttlNs) {
        checkWritable();
        checks.keyAndValue(key, value);
        long nowMs = nowMs();
        Stored next = entries().next(value, ttlNs, nowMs);
        Stored present = admission().putIfAbsent(form().key(key), next, ttlNs, nowMs);
        if (present == null) {
            counters.stored();
            return null;
        }
        return form().value(present);
    }

    @Override
    public V remove(Object key) {
        checkWritable();
        checks.nonNullKey(key);
        if (!ref().keyType().isInstance(key)) {
            return null;
        }
        @SuppressWarnings("unchecked") // checked
        Stored found = entries().remove(form().key((K) key));
        V before = form().liveValue(found, nowMs());
        if (before != null) {
            counters.removed(Kind.REMOVE);
        }
        return before;
    }

    @Override
    @SuppressWarnings("unchecked") // checked
    public boolean remove(Object key, Object value) {
        checkWritable();
        checks.nonNullKey(key);
        return value != null && ref().keyType().isInstance(key)
                && change((K) key, true, (k, before, change) ->
                        form.same(value, before) ? null : change.keep()).removed();
    }

    @Override
    public V replace(K key, V value) {
        checkWritable();
        checks.keyAndValue(key, value);
        if (admission().countsBytes()) {
            return change(key, true, (k, before, change) -> value).before();
        }
        long nowMs = nowMs();
        Stored next = entries().next(value, TimesToLive.OF_MAP, nowMs);
        Stored found = entries().replaceLive(form().key(key), next, nowMs);
        if (found == null) {
            return null;
        }
        counters.stored();
        return form().value(found);
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        checkWritable();
        checks.key(key);
        checks.nonNullValue(expected);
        checks.value(checks.nonNullValue(value));
        return change(key, true, (k, before, change) -> form.same(expected, before) ? value : change.keep()).stored();
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        checkWritable();
        checks.key(key);
        checks.nonNullFunction(function);
        return change(key, false, (k, before, change) -> checks.value(function.apply(k, before))).after();
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        checkWritable();
        checks.key(key);
        checks.nonNullFunction(function);
        return change(key, false, (k, before, change) ->
                before != null ? change.keep() : checks.value(function.apply(k))).after();
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        checkWritable();
        checks.key(key);
        checks.nonNullFunction(function);
        return change(key, true, (k, before, change) -> checks.value(function.apply(k, before))).after();
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        checkWritable();
        checks.keyAndValue(key, value);
        checks.nonNullFunction(function);
        return change(key, false, (k, before, change) ->
                before == null ? value : checks.value(function.apply(before, value))).after();
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        checkWritable();
        checks.nonNullFunction(function);
        for (K key : keySet()) {
            change(key, true, (k, before, change) -> checks.value(checks.nonNullValue(function.apply(k, before))));
        }
    }

    /** Some thousand entries at a time. */
    @Override
    public void putAll(Map<? extends K, ? extends V> added) {
        checkWritable();
        checks.nonNull("map of entries", added).forEach(checks::keyAndValue);
        long nowMs = nowMs();
        Map<Stored, Stored> batch = new LinkedHashMap<>();
        for (Map.Entry<? extends K, ? extends V> entry : added.entrySet()) {
            batch.put(form().key(entry.getKey()), entries().next(entry.getValue(), TimesToLive.OF_MAP, nowMs));
            if (batch.size() == ENTRIES_AT_ONCE) {
                putBatch(batch);
            }
        }
        putBatch(batch);
    }

    private void putBatch(Map<Stored, Stored> batch) {
        if (!batch.isEmpty()) {
            admission().putAll(batch);
            batch.forEach((key, value) -> counters.stored());
            batch.clear();
        }
    }

    /** Changes an entry as a step decides, here in the caller's thread, and counts what was done. */
    final Change<K, V> change(K key, boolean onlyPresent, Change.Step<K, V> step) {
        Change<K, V> change = admission().change(key, onlyPresent, alone(step));
        if (change.stored()) {
            counters.stored();
        } else if (change.removed()) {
            counters.removed(Kind.REMOVE);
        }
        return change;
    }

    private Change.Step<K, V> alone(Change.Step<K, V> step) {
        return (key, before, change) -> {
            counters.enterFunction();
            try {
                return step.next(key, before, change);
            } finally {
                counters.leaveFunction();
            }
        };
    }
}
