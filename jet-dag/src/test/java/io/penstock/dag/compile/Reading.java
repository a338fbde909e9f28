package io.penstock.dag.compile;

import java.io.Serializable;

/**
 * What flows through random pipelines.
 *
 * @param id all that happens to it is decided by
 * @param depth how many {@code flatMap}s it came through
 */
record Reading(long id, long timeMs, long amount, int depth) implements Serializable {

    /** A key with a type of its own. */
    record Place(int row, int column) implements Serializable {}

    static Reading of(long index, long timeMs) {
        return new Reading(Quirks.mixed(index, 1), timeMs, index % 100, 0);
    }

    Reading changed(long salt) {
        return new Reading(Quirks.mixed(id, salt), timeMs, amount + salt % 3, depth);
    }
}
