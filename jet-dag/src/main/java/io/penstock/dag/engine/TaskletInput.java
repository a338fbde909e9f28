package io.penstock.dag.engine;

/** A queue that a tasklet reads from, and what is known of its sender. */
final class TaskletInput {

    final BatchQueue queue;
    final int ordinal;
    long watermarkMs = Long.MIN_VALUE;
    /** The last watermark but that at the end. */
    long lastTimeMs = Long.MIN_VALUE;

    boolean idle;
    boolean ended;
    boolean atBarrier;

    /** @param ordinal the root operator's input that the queue feeds */
    TaskletInput(BatchQueue queue, int ordinal) {
        this.queue = queue;
        this.ordinal = ordinal;
    }

    void watermark(long newMs) {
        watermarkMs = newMs;
        if (newMs != Long.MAX_VALUE) {
            lastTimeMs = newMs;
        }
    }
}
