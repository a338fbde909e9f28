package io.penstock.grid.host;

/** How many keys were looked up in local views, and how many of them were not found. */
public record LookupCount(long count, long misses) {

    public static final LookupCount NONE = new LookupCount(0, 0);

    public LookupCount plus(LookupCount other) {
        return new LookupCount(count + other.count, misses + other.misses);
    }

    public long hits() {
        return count - misses;
    }
}
