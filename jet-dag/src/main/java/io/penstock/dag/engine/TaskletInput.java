package io.penstock.dag.engine;

/** A queue that a tasklet reads from. */
final class TaskletInput {

    final BatchQueue queue;
    final int ordinal;
    boolean atBarrier;

    /** @param ordinal the root operator's input that the queue feeds */
    TaskletInput(BatchQueue queue, int ordinal) {
        this.queue = queue;
        this.ordinal = ordinal;
    }
}
