package io.penstock.grid.heap;

import io.penstock.grid.GridException;

/** Refuses an entry that alone is larger than a map that evicts may be: it would throw out all others, and then itself. */
record EntrySizeLimit(String mapName, long maxBytes) {

    void check(long entryBytes) {
        if (entryBytes > maxBytes) {
            throw new GridException(
                    GridException.Code.MAP_FULL,
                    "map '" + mapName + "' may hold " + maxBytes + " bytes in all and refuses an entry of "
                            + entryBytes + "; raise maxBytes, or put smaller values");
        }
    }
}
