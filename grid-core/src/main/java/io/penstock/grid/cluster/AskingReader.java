package io.penstock.grid.cluster;

import io.penstock.grid.LocalView;
import io.penstock.grid.view.TableReader;

/**
 * A reader of a view's table that asks the owners about keys which the table lacks and does not know to be absent. What
 * is found in the table costs one comparison more than there.
 */
class AskingReader<K, V> implements LocalView.Reader<K, V> {

    final TableReader<K, V> reader;
    final OwnerLookup<K, V> owners;
    private final ViewPhases phases;

    AskingReader(TableReader<K, V> reader, OwnerLookup<K, V> owners, ViewPhases phases) {
        this.reader = reader;
        this.owners = owners;
        this.phases = phases;
    }

    @Override
    public V get(Object key) {
        V value = reader.get(key);
        return value == null ? owners.missed(key) : value;
    }

    @Override
    public V getLong(long key) {
        V value = reader.getLong(key);
        return value == null ? owners.missed(owners.keyOf(key)) : value;
    }

    @Override
    public int getAll(long[] keys, int count, Object[] values) {
        long version = phases.version();
        boolean wasComplete = phases.isAllComplete();
        int found = reader.getAll(keys, count, values);
        return found == count || wasComplete && version == phases.version()
                ? found
                : found + owners.missed(boxed(keys, count), count, values);
    }

    @Override
    public int getAll(Object[] keys, int count, Object[] values) {
        long version = phases.version();
        boolean wasComplete = phases.isAllComplete();
        int found = reader.getAll(keys, count, values);
        return found == count || wasComplete && version == phases.version()
                ? found
                : found + owners.missed(keys, count, values);
    }

    final Object[] boxed(long[] keys, int count) {
        Object[] boxed = new Object[count];
        for (int i = 0; i < count; i++) {
            boxed[i] = owners.keyOf(keys[i]);
        }
        return boxed;
    }

    @Override
    public LocalView.Pass<V> pass() {
        LocalView.Pass<V> pass = reader.pass();
        return new LocalView.Pass<>() {
            @Override
            public V get(Object key) {
                V value = pass.get(key);
                return value == null ? owners.missed(key) : value;
            }

            @Override
            public V getLong(long key) {
                V value = pass.getLong(key);
                return value == null ? owners.missed(owners.keyOf(key)) : value;
            }
        };
    }

    @Override
    public void count(long hits, long misses) {
        reader.count(hits, misses);
    }
}
