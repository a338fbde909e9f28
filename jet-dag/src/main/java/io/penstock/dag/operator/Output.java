package io.penstock.dag.operator;

/** Where an operator emits to. Valid for the operator's life, to be used only during a call from the host. */
public interface Output {

    /** Emits a row to the main output. How many fit: see {@link Operator}. */
    default void emit(long timeMs, Object event) {
        emit(0, timeMs, event);
    }

    /** Emits a row to the output of that ordinal: 0 is the main one, see {@link OperatorContext#output}. */
    void emit(int output, long timeMs, Object event);

    /** Says which row of the batch what is emitted or given up next comes of. See {@link Operator#namesRows}. */
    default void row(int row) {}

    /** Lets the host pull rows. At most once per call, as the last thing; rows emitted before go first. */
    void emitFrom(Emitter emitter);

    /** Sends a watermark after the rows of this call. Only for operators that do not forward watermarks. */
    void emitWatermark(long watermarkMs);

    /**
     * Says, after the rows of this call, that there is nothing at present from which time could be told, or that there
     * is again. Readers that have other inputs then go by those. Watermarks may go on meanwhile; they count where all
     * inputs are idle.
     */
    default void emitIdle(boolean isIdle) {}

    /**
     * Gives up one row of the first input; the stage's {@link FailurePolicy} decides whether it is skipped, goes to a
     * side output (where it counts as the one row) or fails the job.
     *
     * @param key the row's key, or null
     * @param reason what went wrong, without the event's content
     * @param cause the exception, or null
     */
    void fail(long timeMs, Object event, Object key, String reason, Throwable cause);

    /** {@link #fail(long, Object, Object, String, Throwable)} for what a function of the user threw. */
    default void fail(long timeMs, Object event, Object key, Throwable cause) {
        fail(timeMs, event, key, cause.getClass().getSimpleName() + " in the stage's function", cause);
    }

    /**
     * Gives up a row of another input than the first. It is skipped if the stage's policy is to skip; otherwise the
     * job fails, since a side output carries rows of the first input only.
     */
    void failOther(Object event, Object key, String reason, Throwable cause);
}
