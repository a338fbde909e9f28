package io.penstock.dag.engine;

/** What travels between tasklets beside batches, in order with them. */
sealed interface Signal {

    record Watermark(long watermarkMs) implements Signal {}

    /** Whether the sender gives nothing at present from which time could be told; its readers then go by the others. */
    record Idle(boolean isIdle) implements Signal {}

    /**
     * What is before it belongs to the snapshot, what is after it does not.
     *
     * @param isTerminal whether the tasklet stops behind it
     */
    record Barrier(long id, boolean isTerminal) implements Signal {}

    record End() implements Signal {}

    End END = new End();
}
