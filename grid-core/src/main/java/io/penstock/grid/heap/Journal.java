package io.penstock.grid.heap;

import io.penstock.grid.Changes;
import io.penstock.grid.GridException;
import io.penstock.grid.MapChange;

/**
 * The last changes of a heap map, in a ring; change n stands at n modulo the capacity.
 *
 * <p>Lock order: a key of the {@link HeapTable}, then this journal's monitor; no other lock is taken under it.
 */
final class Journal<K, V> implements Changes<K, V> {

    private final HeapMap<K, V> map;
    private final MapChange.Kind[] kinds;
    private final Object[] keys;
    private final Object[] befores;
    private final Object[] afters;
    /** Written under the monitor, which also guards the arrays. */
    private volatile long nextSequence;

    Journal(HeapMap<K, V> map, int capacity) {
        this.map = map;
        kinds = new MapChange.Kind[capacity];
        keys = new Object[capacity];
        befores = new Object[capacity];
        afters = new Object[capacity];
    }

    /** Allocates nothing, so it cannot fail. */
    synchronized void append(MapChange.Kind kind, K key, V before, V after) {
        long sequence = nextSequence;
        int place = place(sequence);
        kinds[place] = kind;
        keys[place] = key;
        befores[place] = before;
        afters[place] = after;
        nextSequence = sequence + 1;
    }

    /** The change of that number; null if it is still to come, or was dropped. */
    @SuppressWarnings("unchecked") // only append() writes to the arrays
    synchronized MapChange<K, V> read(long sequence) {
        if (sequence >= nextSequence || dropped(sequence)) {
            return null;
        }
        int place = place(sequence);
        return new MapChange<>(sequence, kinds[place], (K) keys[place], (V) befores[place], (V) afters[place]);
    }

    /** Whether there was a change of that number and it is not kept any more. */
    boolean dropped(long sequence) {
        return sequence < oldestKept();
    }

    private int place(long sequence) {
        return (int) (sequence % kinds.length);
    }

    private long oldestKept() {
        return Math.max(0, nextSequence - kinds.length);
    }

    int keptCount() {
        return (int) Math.min(nextSequence, kinds.length);
    }

    @Override
    public int capacity() {
        map.table();
        return kinds.length;
    }

    @Override
    public long oldestSequence() {
        map.table();
        return oldestKept();
    }

    @Override
    public long nextSequence() {
        map.table();
        return nextSequence;
    }

    @Override
    public Reader<K, V> fromNow() {
        return from(nextSequence());
    }

    @Override
    public Reader<K, V> from(long sequence) {
        long next = nextSequence();
        if (sequence < 0 || sequence > next) {
            throw new GridException(
                    GridException.Code.CHANGES_LOST,
                    "map '" + map.ref().name() + "': its journal goes from change " + oldestKept() + " to before "
                            + next + ", and change " + sequence + " is none of it; a journal starts again with its"
                            + " grid: read the map anew, then follow fromNow()");
        }
        return new JournalReader<>(map, this, sequence);
    }
}
