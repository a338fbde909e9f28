package io.penstock.bench.map;

/** Looks up keys that are not boxed. Used by one thread. */
interface LongLookups {

    /** The value of a key, or null. */
    Item get(long key);

    /** A quicker way for the next few hundred look-ups, which are counted by this call, if there is one. */
    default LongLookups pass(int count) {
        return this;
    }

    /** Looks up the first {@code count} keys. */
    void getAll(long[] keys, int count, Item[] found);
}
