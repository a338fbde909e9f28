package io.penstock.grid.heap;

import io.penstock.grid.EntryProcessor;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.host.MapChecks;
import io.penstock.grid.host.ProcessedEntry;
import io.penstock.grid.query.Indexes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What looks at many entries of a heap map, or runs processors on them. */
final class HeapQueries<K, V> {

    private final HeapMap<K, V> map;
    private final MapChecks<K, V> checks;
    private final Indexes<K, V> indexes;

    HeapQueries(HeapMap<K, V> map, MapChecks<K, V> checks, Indexes<K, V> indexes) {
        this.map = map;
        this.checks = checks;
        this.indexes = indexes;
    }

    // ---- predicates

    Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        Map<K, V> selected = new LinkedHashMap<>();
        forEach(predicate, selected::put);
        return selected;
    }

    long count(MapPredicate<? super K, ? super V> predicate) {
        long[] count = {0};
        forEach(predicate, (key, value) -> count[0]++);
        return count[0];
    }

    private void forEach(MapPredicate<? super K, ? super V> predicate, BiConsumer<K, V> action) {
        HeapTable<K, V> open = map.table();
        for (K key : candidates(predicate)) {
            V value = open.peek(key);
            if (value != null && predicate.test(key, value)) {
                action.accept(key, value);
            }
        }
    }

    long removeAll(MapPredicate<? super K, ? super V> predicate) {
        HeapTable<K, V> open = map.table();
        long removedCount = 0;
        for (K key : candidates(predicate)) {
            V seen = open.peek(key);
            if (seen != null && predicate.test(key, seen)) {
                removedCount += removeIf(open, key, predicate) ? 1 : 0;
            }
        }
        return removedCount;
    }

    private boolean removeIf(HeapTable<K, V> open, K candidate, MapPredicate<? super K, ? super V> predicate) {
        return open.changePresent(candidate, (key, before, change) ->
                predicate.test(key, before) ? null : change.keep()).removed();
    }

    /** The keys that a predicate may choose: those of an index, or all. */
    private Collection<K> candidates(MapPredicate<? super K, ? super V> predicate) {
        checks.nonNull("predicate", predicate);
        Collection<K> candidates = indexes.candidates(predicate);
        return candidates == null ? map.keySet() : candidates;
    }

    // ---- processors

    <R> R process(K key, EntryProcessor<K, V, R> processor) {
        HeapTable<K, V> open = map.table();
        checks.key(key);
        checks.nonNull("processor", processor);
        return process(open, key, processor);
    }

    private <R> R process(HeapTable<K, V> open, K key, EntryProcessor<K, V, R> processor) {
        ProcessedEntry<K, V, R> entry = new ProcessedEntry<>(key, processor, checks);
        open.change(key, entry);
        return entry.result();
    }

    <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        HeapTable<K, V> open = map.table();
        checks.nonNull("collection of keys", keys).forEach(checks::key);
        checks.nonNull("processor", processor);
        Map<K, R> results = new LinkedHashMap<>();
        for (K key : keys) {
            add(results, key, process(open, key, processor));
        }
        return results;
    }

    <R> Map<K, R> processAll(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        HeapTable<K, V> open = map.table();
        checks.nonNull("processor", processor);
        Map<K, R> results = new LinkedHashMap<>();
        for (K candidate : candidates(predicate)) {
            V seen = open.peek(candidate);
            if (seen != null && predicate.test(candidate, seen)) {
                ProcessedEntry<K, V, R> entry = new ProcessedEntry<>(candidate, processor, checks);
                open.changePresent(candidate, (key, before, change) ->
                        predicate.test(key, before) ? entry.next(key, before, change) : change.keep());
                add(results, candidate, entry.result());
            }
        }
        return results;
    }

    private static <K, R> void add(Map<K, R> results, K key, R result) {
        if (result != null) {
            results.put(key, result);
        }
    }
}
