package io.penstock.dag.compile;

import io.penstock.dag.operator.LookUpRows;

/** What a loop calls when a look-up has found nothing; a class of its own for the reason told at {@link FailedRows}. */
public final class MissedRows {

    private MissedRows() {}

    /** Handles a row without a value; true if the loop must stop after it. */
    public static boolean miss(RowLoop loop, int stage, LookUpRows lookUp, long timeMs, Object row, Object key) {
        LoopNode node = loop.node(stage);
        lookUp.missed(timeMs, row, key, node);
        return node.isFull();
    }

    /** {@link #miss} for a row of a batch. */
    public static boolean missOfBatch(
            RowLoop loop, int stage, LookUpRows lookUp, int row, long timeMs, Object event) {
        return !loop.isGivenUp(row) && miss(loop, stage, lookUp, timeMs, event, loop.keyOf(row));
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
