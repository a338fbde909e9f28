package io.penstock.grid.heap;

import io.penstock.grid.LocalView;

/** Looks up keys in a view's live table, on one thread. */
@SuppressWarnings("unchecked") // the table holds only values of the map
final class HeapViewReader<K, V> implements LocalView.Reader<K, V> {

    private final HeapLocalView<K, V> view;
    private final BatchScratch scratch = new BatchScratch();
    private final LookupCount lookups = new LookupCount();

    HeapViewReader(HeapLocalView<K, V> view) {
        this.view = view;
    }

    @Override
    public V get(Object key) {
        return counted(view.live().get(key));
    }

    @Override
    public V getLong(long key) {
        return counted(view.live().getLong(key));
    }

    private V counted(Object found) {
        if (found == null) {
            lookups.miss(1);
        } else {
            lookups.hit(1);
        }
        return (V) found;
    }

    @Override
    public int getAll(long[] keys, int count, Object[] values) {
        return counted(view.live().getAll(keys, count, values, scratch), count);
    }

    @Override
    public int getAll(Object[] keys, int count, Object[] values) {
        return counted(view.live().getAll(keys, count, values, scratch), count);
    }

    private int counted(int found, int count) {
        lookups.hit(found);
        lookups.miss(count - found);
        return found;
    }

    @Override
    public LocalView.Pass<V> pass() {
        return (LocalView.Pass<V>) view.live().pass();
    }

    @Override
    public void count(long hits, long misses) {
        lookups.hit(hits);
        lookups.miss(misses);
    }

    LookupCount lookups() {
        return lookups;
    }
}
