package io.penstock.grid.heap;

import io.penstock.grid.MapChange;
import java.util.function.BiFunction;

/** One atomic change of one key: runs a step while the key is locked and remembers what it found and what it left. */
final class Change<K, V> implements BiFunction<K, HeapEntry<V>, HeapEntry<V>> {

    /** Decides what a key's value is to be. */
    @FunctionalInterface
    interface Step<K, V> {
        /**
         * The value to store, null for none, or {@link Change#keep()} to leave everything as it is.
         *
         * @param before the present value; null if the key is absent
         */
        V next(K key, V before, Change<K, V> change);
    }

    private final EntryLimit<K, V> limit;
    private final Followers<K, V> followers;
    private final Step<K, V> step;
    private V before;
    private V after;
    private boolean kept;
    private HeapEntry<V> admitted;
    private LiveTable told;
    private boolean announced;

    Change(EntryLimit<K, V> limit, Followers<K, V> followers, Step<K, V> step) {
        this.limit = limit;
        this.followers = followers;
        this.step = step;
    }

    @Override
    public HeapEntry<V> apply(K key, HeapEntry<V> found) {
        before = found == null ? null : found.value;
        after = step.next(key, before, this);
        if (kept) {
            return found;
        }
        if (after == null) {
            if (found != null) {
                followers.removes(MapChange.Kind.REMOVE, key, before);
                limit.leave(found);
            }
            return null;
        }
        if (found != null) {
            followers.stores(key, before, after);
            found.value = after;
            return found;
        }
        admitted = limit.admit(key, after);
        told = followers.stores(key, null, after);
        announced = true;
        return admitted;
    }

    /** Says, from within a step, that nothing is to change. */
    V keep() {
        kept = true;
        return before;
    }

    /** The value that the key had; null if it was absent. */
    V before() {
        return before;
    }

    /** The value that the key has now; null if it is absent. */
    V after() {
        return after;
    }

    /** Whether a value was written, be it of a new or of a present key. */
    boolean stored() {
        return !kept && after != null;
    }

    boolean removed() {
        return before != null && after == null;
    }

    /** The entry that was made because the key was absent, or null. */
    HeapEntry<V> admitted() {
        return admitted;
    }

    /** The live table that was told of the entry that was made, or null. */
    LiveTable told() {
        return told;
    }

    /** Whether the followers were told of the entry that was made. */
    boolean announced() {
        return announced;
    }
}
