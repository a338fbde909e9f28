package io.penstock.dag.compile;

import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.StageException;

/**
 * What a loop calls when a function has thrown. A class of its own, which a loop comes to know with its first failure:
 * until then the JIT compiles no call, but a jump into the interpreter; so a row that is handed over here does not
 * have to exist as long as none has failed.
 */
public final class FailedRows {

    private FailedRows() {}

    /** Gives up a row; true if the loop must stop after it. */
    public static boolean fail(RowLoop loop, int stage, long timeMs, Object row, Object key, Exception cause) {
        if (cause instanceof StageException failure) {
            throw failure;
        }
        LoopNode node = loop.node(stage);
        node.fail(timeMs, row, key, cause);
        return node.isFull();
    }

    /** Gives up a row because of its key, which is null if there was no exception; true if the loop must stop. */
    public static boolean failKey(RowLoop loop, int stage, long timeMs, Object row, Exception cause) {
        LoopNode node = loop.node(stage);
        String reason = cause == null ? "the key is null" : cause.getClass().getSimpleName() + " in the key function";
        node.fail(timeMs, row, null, reason, cause);
        return node.isFull();
    }

    /** Gives up a row of a batch because of its key. */
    public static void failKeyOfBatch(RowLoop loop, int stage, int row, long timeMs, Object event, Exception cause) {
        fail(loop, stage, timeMs, event, null, cause);
        loop.keyless(row, true);
    }

    /** Remembers that a row of a batch could not be filled. */
    public static void refuse(BatchedRows rows, int row, Exception cause) {
        rows.refused(row, cause);
    }

    /** Gives up a row of a batch that has no result; true if the loop must stop after it. */
    public static boolean failOfBatch(RowLoop loop, int stage, BatchedRows rows, int row, long timeMs, Object event) {
        LoopNode node = loop.node(stage);
        rows.fail(row, timeMs, event, node);
        return node.isFull();
    }
}
