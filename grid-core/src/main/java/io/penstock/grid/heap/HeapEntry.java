package io.penstock.grid.heap;

/** The value of a present key. It is written only while its key is locked in the table, and read at any time. */
sealed class HeapEntry<V> permits LinkedEntry {

    volatile V value;

    HeapEntry(V value) {
        this.value = value;
    }
}
