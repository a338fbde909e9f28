package io.penstock.grid.heap;

import io.penstock.grid.host.Cursor;
import java.util.Iterator;
import java.util.Map;

/** A walk over the entries of a table, without those that have expired. */
final class HeapCursor<K, V> implements Cursor<K, V> {

    private final HeapTable<K, V> table;
    private final Iterator<Map.Entry<K, Object>> entries;
    private K key;
    private V value;

    HeapCursor(HeapTable<K, V> table) {
        this.table = table;
        entries = table.entries().entrySet().iterator();
    }

    @Override
    public boolean advance() {
        while (entries.hasNext()) {
            Map.Entry<K, Object> entry = entries.next();
            value = table.valueOf(entry.getValue());
            if (value != null) {
                key = entry.getKey();
                return true;
            }
        }
        return false;
    }

    @Override
    public K key() {
        return key;
    }

    @Override
    public V value() {
        return value;
    }
}
