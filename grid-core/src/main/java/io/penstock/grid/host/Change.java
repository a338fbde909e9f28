package io.penstock.grid.host;

/** One atomic change of one key: what a step found and what it left. Used by one thread. */
public final class Change<K, V> {

    /** Decides what a key's value is to be. */
    @FunctionalInterface
    public interface Step<K, V> {
        /**
         * The value to store, null for none, or {@link Change#keep()} to leave everything as it is.
         *
         * @param before the present value; null if the key is absent
         */
        V next(K key, V before, Change<K, V> change);
    }

    private V before;
    private V after;
    private boolean kept;
    private long ttlNs;

    /** Runs the step. */
    public void decide(K key, V before, Step<K, V> step) {
        this.before = before;
        after = step.next(key, before, this);
    }

    /** Says, from within a step, that nothing is to change. */
    public V keep() {
        kept = true;
        return before;
    }

    /** Says, from within a step, how long the new value lives; 0 for the map's own time. */
    public void ttlNs(long ttlNs) {
        this.ttlNs = ttlNs;
    }

    public long ttlNs() {
        return ttlNs;
    }

    /** The value that the key had; null if it was absent. */
    public V before() {
        return before;
    }

    /** The value that the key has now; null if it is absent. */
    public V after() {
        return after;
    }

    /** Whether a value was written, be it of a new or of a present key. */
    public boolean stored() {
        return !kept && after != null;
    }

    public boolean removed() {
        return before != null && after == null;
    }
}
