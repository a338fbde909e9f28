package io.penstock.grid;

import java.io.Serializable;

/**
 * One change of one key of a map.
 *
 * @param partition the partition of the key, from 0
 * @param sequence its number in the journal of its partition, from 0, without holes. Of a {@link Kind#PRESENT} entry,
 *     the number of the first change that comes after the content to which it belongs
 * @param before the value that the key had; null for {@link Kind#PUT} and {@link Kind#PRESENT}
 * @param after the value that the key got; null if it was removed
 */
public record MapChange<K, V>(int partition, long sequence, Kind kind, K key, V before, V after)
        implements Serializable {

    /** What happened to the key. */
    public enum Kind {
        /** Nothing: it was there already when the reader began. */
        PRESENT,
        /** It was absent and got a value. */
        PUT,
        /** It was present and got a value, which may be the same. */
        UPDATE,
        /** The application removed it. */
        REMOVE,
        /** Its time to live ended. */
        EXPIRE,
        /** The map's limit removed it. */
        EVICT,
        /** The application cleared the map; there is one such change for each key that was present. */
        CLEAR;

        /** Whether the key is absent afterwards. */
        public boolean removes() {
            return this == REMOVE || this == EXPIRE || this == EVICT || this == CLEAR;
        }
    }
}
