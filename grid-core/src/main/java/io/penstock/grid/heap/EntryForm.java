package io.penstock.grid.heap;

import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.util.Set;
import java.util.UUID;

/** Entries of a map as the codec sees them: their size, and whether two values are the same. */
final class EntryForm<K, V> {

    EntryForm(MapRef<K, V> ref) {}

    long bytes(K key, V value) {
        return 0;
    }

    long bytes(HeapTable<K, V> table, long entries) {
        return 0;
    }

    boolean same(Object expected, V present) {
        return expected.equals(present);
    }
}
