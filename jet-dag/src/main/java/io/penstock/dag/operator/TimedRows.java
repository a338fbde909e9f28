package io.penstock.dag.operator;

/** The part of a step with timestamps that a compiled loop calls. */
public interface TimedRows {

    /** The watermark so far, in ms since the epoch, or {@link Batch#NO_TIME}. */
    long newestMs();

    /**
     * Sends a watermark if it is newer than those before; once after the rows of a batch.
     *
     * @param hasRows whether there was a row
     */
    void advance(long watermarkMs, boolean hasRows, Output output);
}
