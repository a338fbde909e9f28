package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;

/**
 * Sees to it that forged sets and maps do not hang their reader. Many elements with one hash code take a hash table
 * quadratic time, unless they are comparable, in which case it makes trees. This counts what the table will do, from
 * hash codes alone, and ends the decoding when that is more than one value may cost. A set that somebody could build
 * within a second is never refused.
 */
final class Collisions {

    /** Of all sets and maps in one value: some seconds. */
    private static final long COMPARISONS_MAX = 200_000_000;
    /** Smaller ones are not counted. */
    private static final int COUNT_FREE = 256;
    private static final int SPREAD = 0x9E3779B9;

    private final int[] found;
    private final int shift;

    private Collisions(int count) {
        int size = Integer.highestOneBit(count);
        this.found = new int[size];
        this.shift = Integer.numberOfLeadingZeros(size) + 1;
    }

    /** Null if so few elements need no watch. */
    static Collisions of(int count) {
        return count <= COUNT_FREE ? null : new Collisions(count);
    }

    /** Before an element is added. */
    void add(Decoder from, Object element) {
        if (element == null || element instanceof Comparable) {
            return;
        }
        int before = found[element.hashCode() * SPREAD >>> shift]++;
        if (from.compare(before) > COMPARISONS_MAX) {
            throw new Fault(
                    Code.TOO_LARGE,
                    "too many elements of a " + element.getClass().getName() + " have the same hash code; if the bytes"
                            + " are not forged, give it a better hashCode, or let it be Comparable");
        }
    }
}
