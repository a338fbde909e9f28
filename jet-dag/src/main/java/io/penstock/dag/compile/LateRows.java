package io.penstock.dag.compile;

import io.penstock.dag.operator.WindowRows;

/** What a loop calls when a row's window is over; a class of its own for the reason told at {@link FailedRows}. */
public final class LateRows {

    private LateRows() {}

    /** Handles a late row; true if the loop must stop after it. */
    public static boolean late(RowLoop loop, int stage, WindowRows window, long timeMs, Object row, Object key) {
        return loop.leave(stage, row, (event, output) -> window.late(timeMs, event, key, output));
    }
}
