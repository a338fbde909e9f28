package io.penstock.grid.host;

import io.penstock.grid.AsyncMap;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.UpdateFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A heap map's operations on the grid's threads. */
record MapAsync<K, V>(HostedMap<K, V> map, MapChecks<K, V> checks, MapThreads threads) implements AsyncMap<K, V> {

    @Override
    public CompletionStage<V> get(K key) {
        checks.nonNullKey(key);
        return threads.submit(() -> map.get(key));
    }

    @Override
    public CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys) {
        List<K> copy = copyOf(keys);
        return threads.submit(() -> map.getAll(copy));
    }

    @Override
    public CompletionStage<V> put(K key, V value) {
        checks.keyAndValue(key, value);
        return threads.submit(() -> map.put(key, value));
    }

    @Override
    public CompletionStage<V> put(K key, V value, Duration ttl) {
        checks.keyAndValue(key, value);
        checks.ttlNs(ttl);
        return threads.submit(() -> map.put(key, value, ttl));
    }

    @Override
    public CompletionStage<V> putIfAbsent(K key, V value) {
        checks.keyAndValue(key, value);
        return threads.submit(() -> map.putIfAbsent(key, value));
    }

    @Override
    public CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries) {
        Map<K, V> copy = new LinkedHashMap<>(checks.nonNull("map of entries", entries));
        copy.forEach(checks::keyAndValue);
        return threads.submit(() -> {
            map.putAll(copy);
            return null;
        });
    }

    @Override
    public CompletionStage<V> replace(K key, V value) {
        checks.keyAndValue(key, value);
        return threads.submit(() -> map.replace(key, value));
    }

    @Override
    public CompletionStage<Boolean> replace(K key, V expected, V value) {
        checks.keyAndValue(key, value);
        checks.nonNullValue(expected);
        return threads.submit(() -> map.replace(key, expected, value));
    }

    @Override
    public CompletionStage<V> remove(K key) {
        checks.nonNullKey(key);
        return threads.submit(() -> map.remove(key));
    }

    @Override
    public CompletionStage<Boolean> remove(K key, V expected) {
        checks.nonNullKey(key);
        return threads.submit(() -> map.remove(key, expected));
    }

    @Override
    public CompletionStage<Long> removeAll(MapPredicate<? super K, ? super V> predicate) {
        checks.nonNull("predicate", predicate);
        return threads.submit(() -> map.removeAll(predicate));
    }

    @Override
    public CompletionStage<V> update(K key, UpdateFunction<V> function) {
        checks.key(key);
        checks.nonNullFunction(function);
        return threads.submit(() -> map.update(key, function));
    }

    @Override
    public <R> CompletionStage<R> process(K key, EntryProcessor<K, V, R> processor) {
        checks.key(key);
        checks.nonNull("processor", processor);
        return threads.submit(() -> map.process(key, processor));
    }

    @Override
    public <R> CompletionStage<Map<K, R>> processAll(
            Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        List<K> copy = copyOf(keys);
        copy.forEach(checks::key);
        checks.nonNull("processor", processor);
        return threads.submit(() -> map.processAll(copy, processor));
    }

    @Override
    public <R> CompletionStage<Map<K, R>> processAll(
            MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        checks.nonNull("predicate", predicate);
        checks.nonNull("processor", processor);
        return threads.submit(() -> map.processAll(predicate, processor));
    }

    /** Copied, since the caller may change the collection before it is read. */
    private List<K> copyOf(Collection<? extends K> keys) {
        List<K> copy = new ArrayList<>(checks.nonNull("collection of keys", keys));
        copy.forEach(checks::nonNullKey);
        return copy;
    }
}
