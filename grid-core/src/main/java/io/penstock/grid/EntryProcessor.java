package io.penstock.grid;

import java.io.Serializable;
import java.time.Duration;

/**
 * A function of one entry of a map that runs where the entry lives, alone with it: nobody else changes the entry
 * meanwhile. It may run more than once, must be quick, and must not touch the map. If it throws, the entry stays as it
 * was.
 *
 * @param <R> what it returns to its caller; may be null
 */
@FunctionalInterface
public interface EntryProcessor<K, V, R> extends Serializable {

    /** Looks at an entry, present or not, and changes it or not. */
    R process(Entry<K, V> entry);

    /** The entry under work. It is only valid during the call, and only on its thread. */
    interface Entry<K, V> {

        K key();

        /** The value, as this processor left it; null if the key is absent. */
        V value();

        /** Gives the key a value, with the time to live of a {@code put}. */
        void put(V value);

        /** Gives the key a value and a time to live of its own, as {@link GridMap#put(Object, Object, Duration)}. */
        void put(V value, Duration ttl);

        /** Removes the key, if it is present. */
        void remove();
    }
}
