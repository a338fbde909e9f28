package io.penstock.grid.heap;

/** How many keys were looked up in local views, and how many of them were not found. */
record LookupCount(long count, long misses) {

    static final LookupCount NONE = new LookupCount(0, 0);

    LookupCount plus(LookupCount other) {
        return new LookupCount(count + other.count, misses + other.misses);
    }

    long hits() {
        return count - misses;
    }
}
