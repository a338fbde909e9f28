package io.penstock.dag.operator;

import io.penstock.dag.table.KeyTable;

/** The part of a window that a compiled loop calls. */
public interface WindowRows {

    /** The accumulators of the window that a time falls into; null if that window is over. */
    KeyTable window(long timeMs);

    /** The first time of the window that was asked for last, inclusive. */
    long windowStartMs();

    /** The end of the window that was asked for last, exclusive. */
    long windowEndMs();

    /** Handles a row whose window is over. */
    void late(long timeMs, Object event, Object key, Output output);

    /** Once after the rows of a batch. */
    void afterRows(Output output);
}
