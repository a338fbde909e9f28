package io.penstock.grid.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many keys of one value of an indexed property. Writers do not wait for each other, until the set is closed to make
 * way for a smaller one.
 *
 * <p>A writer changes the set and then asks whether it is closed; who closes it does so before reading what is left.
 * So either the change is seen, or the writer is told that it was lost and has to do it again in the set's successor. A
 * reader may go on with a closed set: keys that stay are never taken out of it.
 */
final class LargeKeys<K> {

    private static final int SPARSE = 16;

    private final Set<K> keys = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    /** The largest size that a removal found. Writers may overwrite each other's: it only says when to try. */
    private volatile int largestSize;

    LargeKeys(Collection<K> keys) {
        this.keys.addAll(keys);
    }

    /** Returns false if the set is closed and the key has to be added to its successor. */
    boolean add(K key) {
        keys.add(key);
        return !closed;
    }

    /** Returns false if the set is closed and the key has to be removed from its successor. */
    boolean remove(K key) {
        keys.remove(key);
        return !closed;
    }

    /** Whether a smaller set should take its place: this one never gives memory back. */
    boolean isSparse(int sizeMin) {
        int size = keys.size();
        int largest = largestSize;
        if (size > largest) {
            largestSize = size;
        }
        return size < sizeMin || size < largest / SPARSE;
    }

    /** Closes the set; returns what is left. */
    List<K> close() {
        closed = true;
        return new ArrayList<>(keys);
    }

    Collection<K> keys() {
        return keys;
    }
}
