package io.penstock.dag.compile;

import io.penstock.dag.operator.LookUpRows;

/** What a loop calls when a look-up has found nothing; a class of its own for the reason told at {@link FailedRows}. */
public final class MissedRows {

    private MissedRows() {}

    /** Handles a row without a value; true if the loop must stop after it. */
    public static boolean miss(RowLoop loop, int stage, LookUpRows lookUp, long timeMs, Object row, Object key) {
        return loop.leave(stage, row, (event, output) -> lookUp.missed(timeMs, event, key, output));
    }

    /** {@link #miss} for a row of a batch. */
    public static boolean missOfBatch(
            RowLoop loop, int stage, LookUpRows lookUp, int index, long timeMs, Object row) {
        return !loop.isGivenUp(index) && miss(loop, stage, lookUp, timeMs, row, loop.keyOf(index));
    }

    /** The value for a row without a key. */
    public static Object findWithoutKey(LookUpRows lookUp) {
        return lookUp.findWithoutKey();
    }

    /** Remembers that the key of a row of a batch is null. */
    public static void keyless(RowLoop loop, int row) {
        loop.keyless(row, false);
    }
}
