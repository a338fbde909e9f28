package io.penstock.grid.host;

import io.penstock.grid.GridException;

/** The refusals of a map that holds its maximum. */
public final class FullMap {

    private FullMap() {}

    /** Of a new key. */
    public static GridException ofEntries(String mapName, long entries, long maxEntries) {
        return refusal(mapName, entries, maxEntries, "entries", "a new key", "maxEntries");
    }

    /** Of a new key, or a larger value. */
    public static GridException ofBytes(String mapName, long bytes, long maxBytes, long moreBytes) {
        return refusal(mapName, bytes, maxBytes, "bytes", moreBytes + " more", "maxBytes");
    }

    private static GridException refusal(
            String mapName, long held, long max, String unit, String refused, String setting) {
        return new GridException(
                GridException.Code.MAP_FULL,
                "map '" + mapName + "' holds " + held + " of its maximum of " + max + " " + unit + " and refuses "
                        + refused + "; raise " + setting + ", remove entries, or choose eviction");
    }

    /** Refuses an entry that alone is larger than a map may be. */
    public static void checkEntry(String mapName, long maxBytes, long entryBytes) {
        if (entryBytes > maxBytes) {
            throw new GridException(
                    GridException.Code.MAP_FULL,
                    "map '" + mapName + "' may hold " + maxBytes + " bytes in all and refuses an entry of "
                            + entryBytes + "; raise maxBytes, or put smaller values");
        }
    }
}
