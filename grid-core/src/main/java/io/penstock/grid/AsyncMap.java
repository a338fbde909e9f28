package io.penstock.grid;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The operations of a {@link GridMap} for callers that must not wait. Each runs as the method of the same name, on a
 * thread of the grid; so does what is chained to a stage with an {@code ...Async} method that is given no executor.
 *
 * <p>Wrong arguments are refused at once, as by the map; other errors complete the stage. At most
 * {@link GridConfig#asyncCallsMax(int)} calls wait on a grid; beyond that, a stage fails at once with
 * {@link GridException.Code#OVERLOADED}, and nothing was changed. After the grid was closed, stages fail with
 * {@link GridException.Code#CLOSED}.
 */
public interface AsyncMap<K, V> {

    CompletionStage<V> get(K key);

    CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys);

    CompletionStage<V> put(K key, V value);

    CompletionStage<V> put(K key, V value, Duration ttl);

    CompletionStage<V> putIfAbsent(K key, V value);

    CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries);

    CompletionStage<V> replace(K key, V value);

    CompletionStage<Boolean> replace(K key, V expected, V value);

    CompletionStage<V> remove(K key);

    CompletionStage<Boolean> remove(K key, V expected);

    CompletionStage<Long> removeAll(MapPredicate<? super K, ? super V> predicate);

    CompletionStage<V> update(K key, UpdateFunction<V> function);

    <R> CompletionStage<R> process(K key, EntryProcessor<K, V, R> processor);

    <R> CompletionStage<Map<K, R>> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor);

    <R> CompletionStage<Map<K, R>> processAll(
            MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor);
}
