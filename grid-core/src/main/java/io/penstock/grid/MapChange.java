package io.penstock.grid;

/**
 * One change of one key of a map.
 *
 * @param sequence its number in the map's journal, from 0, without holes
 * @param before the value that the key had; null for {@link Kind#PUT}
 * @param after the value that the key got; null for {@link Kind#REMOVE} and {@link Kind#EVICT}
 */
public record MapChange<K, V>(long sequence, Kind kind, K key, V before, V after) {

    /** What happened to the key. */
    public enum Kind {
        /** It was absent and got a value. */
        PUT,
        /** It was present and got a value, which may be the same. */
        UPDATE,
        /** The application removed it. */
        REMOVE,
        /** The map's limit removed it. */
        EVICT
    }
}
