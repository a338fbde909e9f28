package io.penstock.grid.cluster;

import java.util.Arrays;

/**
 * A change as Hazelcast's event journal has it.
 *
 * @param before null if there was none
 * @param after null if there is none
 */
record JournalEvent(long sequence, Type type, Stored key, Stored before, Stored after) {

    /** Hazelcast does not tell an expiry from an eviction, nor a clear from a removal. */
    enum Type { ADDED, UPDATED, REMOVED, EVICTED }

    /** Of two events with the same number, other if they are not the same event; never 0. */
    long print() {
        long print = type.ordinal() + 31L * Arrays.hashCode(key.bytes());
        print = print * 0x9E3779B97F4A7C15L + (before == null ? 7 : Arrays.hashCode(before.bytes()));
        print = print * 0x9E3779B97F4A7C15L + (after == null ? 7 : Arrays.hashCode(after.bytes()));
        return print == 0 ? 1 : print;
    }
}
