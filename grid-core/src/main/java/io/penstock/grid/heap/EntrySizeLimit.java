package io.penstock.grid.heap;

import io.penstock.grid.host.FullMap;

/** Refuses an entry that alone is larger than a map that evicts may be: it would throw out all others, and then itself. */
record EntrySizeLimit(String mapName, long maxBytes) {

    void check(long entryBytes) {
        FullMap.checkEntry(mapName, maxBytes, entryBytes);
    }
}
