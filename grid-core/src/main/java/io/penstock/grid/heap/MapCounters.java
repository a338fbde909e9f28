package io.penstock.grid.heap;

import java.util.concurrent.atomic.LongAdder;

/** What happened to a map since it was opened. Lookups are hits plus misses, so that a lookup costs one count. */
final class MapCounters {

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder puts = new LongAdder();
    final LongAdder removes = new LongAdder();
    final LongAdder evictions = new LongAdder();

    void lookedUp(long keyCount, long hitCount) {
        if (hitCount > 0) {
            hits.add(hitCount);
        }
        if (keyCount > hitCount) {
            misses.add(keyCount - hitCount);
        }
    }

    double lookups() {
        return (double) hits.sum() + misses.sum();
    }
}
