package io.penstock.grid.cluster;

import io.penstock.grid.LocalView;
import io.penstock.grid.view.TableReader;

/** An {@link AskingReader} that asks the owners about all keys while the view is further behind than it may be. */
final class BoundedReader<K, V> extends AskingReader<K, V> {

    private final ViewConfirmation confirmation;
    private final long maxLagNs;

    BoundedReader(TableReader<K, V> reader, OwnerLookup<K, V> owners, ViewTable<K, V> table, long maxLagNs) {
        super(reader, owners, table.phases());
        confirmation = table.confirmation();
        this.maxLagNs = maxLagNs;
    }

    @Override
    public V get(Object key) {
        boolean isRecent = confirmation.isWithin(maxLagNs); // first: what is read afterwards is at least so recent
        V value = reader.get(key); // also if it is of no use, for it counts, and refuses what cannot be looked up
        if (!isRecent) {
            return owners.askInstead(key);
        }
        return value == null ? owners.missed(key) : value;
    }

    @Override
    public V getLong(long key) {
        boolean isRecent = confirmation.isWithin(maxLagNs);
        V value = reader.getLong(key);
        if (!isRecent) {
            return owners.askInstead(owners.keyOf(key));
        }
        return value == null ? owners.missed(owners.keyOf(key)) : value;
    }

    @Override
    public int getAll(long[] keys, int count, Object[] values) {
        if (confirmation.isWithin(maxLagNs)) {
            return super.getAll(keys, count, values);
        }
        reader.getAll(keys, count, values);
        return owners.askInstead(boxed(keys, count), count, values);
    }

    @Override
    public int getAll(Object[] keys, int count, Object[] values) {
        if (confirmation.isWithin(maxLagNs)) {
            return super.getAll(keys, count, values);
        }
        reader.getAll(keys, count, values);
        return owners.askInstead(keys, count, values);
    }

    @Override
    public LocalView.Pass<V> pass() {
        if (confirmation.isWithin(maxLagNs)) {
            return super.pass();
        }
        reader.pass(); // refuses if the view is closed
        return new LocalView.Pass<>() {
            @Override
            public V get(Object key) {
                return owners.askInstead(key);
            }

            @Override
            public V getLong(long key) {
                return owners.askInstead(owners.keyOf(key));
            }
        };
    }
}
