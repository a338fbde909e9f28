package io.penstock.dag.operator;

/**
 * The part of a step with two functions around a batch that a compiled loop calls: for each row {@link #target}, the
 * fill function, and {@link #filled} or {@link #refused}; then {@link #run}; then for each row {@link #result}, and
 * either the read function or {@link #fail}.
 */
public interface BatchedRows {

    /** Begins with a batch, whose rows are asked for in their order. Their events are for the functions only. */
    void begin(Batch batch) throws Exception;

    /** What the fill function of a row is to fill. */
    Object target(int row);

    void filled(int row);

    /** The fill function of a row has thrown. */
    void refused(int row, Exception cause);

    /** Does what is done for all rows at once. */
    void run() throws Exception;

    /** What the read function of a row gets beside the event; null if the row has failed. */
    Object result(int row);

    /** Gives up a row whose result was null. */
    void fail(int row, long timeMs, Object event, Output output);

    /** Ends the batch; also after a failure. */
    void end();
}
