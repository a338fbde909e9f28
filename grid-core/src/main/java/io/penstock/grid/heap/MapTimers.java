package io.penstock.grid.heap;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How long some of a map's look-ups and writes take; {@link MapCounters} chooses which. */
record MapTimers(Timer gets, Timer puts) {

    <K, V> V read(HeapTable<K, V> table, Object key) {
        long startNs = System.nanoTime();
        V value = table.read(key);
        gets.record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
        return value;
    }

    <K, V> V put(HeapTable<K, V> table, K key, V value) {
        long startNs = System.nanoTime();
        V before = table.put(key, value);
        puts.record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
        return before;
    }
}
