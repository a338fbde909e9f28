package io.penstock.dag.compile;

import io.penstock.dag.operator.BatchedRows;

/**
 * What a loop calls when a function has thrown. A class of its own, which a loop comes to know with its first failure:
 * until then the JIT compiles no call, but a jump into the interpreter; so a row that is handed over here does not
 * have to exist as long as none has failed.
 */
public final class FailedRows {

    private FailedRows() {}

    /** Gives up a row; true if the loop must stop after it. */
    public static boolean fail(RowLoop loop, int stage, long timeMs, Object row, Object key, Exception cause) {
        return loop.leave(stage, row, (event, output) -> output.fail(timeMs, event, key, cause));
    }

    /** Gives up a row because of its key, which is null if there was no exception; true if the loop must stop. */
    public static boolean failKey(RowLoop loop, int stage, long timeMs, Object row, Exception cause) {
        String reason = cause == null ? "the key is null" : cause.getClass().getSimpleName() + " in the key function";
        return loop.leave(stage, row, (event, output) -> output.fail(timeMs, event, null, reason, cause));
    }

    /** Gives up a row of a batch because of its key. */
    public static void failKeyOfBatch(RowLoop loop, int stage, int index, long timeMs, Object row, Exception cause) {
        fail(loop, stage, timeMs, row, null, cause);
        loop.keyless(index, true);
    }

    /** Remembers that a row of a batch could not be filled. */
    public static void refuse(BatchedRows rows, int row, Exception cause) {
        rows.refused(row, cause);
    }

    /** Gives up a row of a batch that has no result; true if the loop must stop after it. */
    public static boolean failOfBatch(RowLoop loop, int stage, BatchedRows rows, int index, long timeMs, Object row) {
        return loop.leave(stage, row, (event, output) -> rows.fail(index, timeMs, event, output));
    }
}
