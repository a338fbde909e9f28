package io.penstock.dag.host;

import io.penstock.dag.operator.Batch;

/**
 * Where rows and signals go next. Every call that answers false is made again, with the same arguments, before any
 * other call.
 */
public interface Receiver {

    /** Takes all rows, and carries out all that follows from them. The batch stays the caller's. */
    boolean accept(Batch batch);

    boolean acceptWatermark(long watermarkMs);

    /**
     * Whether there is nothing at present from which time could be told, neither rows nor watermarks; time then goes by
     * what others send. A watermark that comes nevertheless says how time goes on where all are idle.
     */
    boolean acceptIdle(boolean isIdle);

    /** No rows will come any more. */
    boolean acceptEnd();

    /** Sends on what has been collected but not sent for want of more; called when nothing else is to do. */
    boolean flushCollected();
}
