package io.penstock.grid.heap;

import java.util.concurrent.atomic.AtomicLong;

/** Counts look-ups: written by one thread at the cost of a plain field, read by any, who may see it a little late. */
final class LookupCount {

    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    void hit(long count) {
        hits.setOpaque(hits.getPlain() + count);
    }

    void miss(long count) {
        misses.setOpaque(misses.getPlain() + count);
    }

    void add(LookupCount other) {
        hit(other.hits());
        miss(other.misses());
    }

    long count() {
        return hits() + misses();
    }

    long hits() {
        return hits.getOpaque();
    }

    long misses() {
        return misses.getOpaque();
    }
}
