package io.penstock.grid.heap;

interface MapIndexes<K, V> { boolean isEmpty(); void changed(K key, V before, V after); }
