package io.penstock.dag;

/**
 * A call got no answer. The message names the call and what became of it, and shows no event's content.
 *
 * <p>Has no stack trace: it is made on a thread of the engine, and many at once when there is too much to do.
 */
public final class CallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Stable: programs may switch on it. */
    public enum Code {
        /** There were as many calls in flight already as the pipeline takes. */
        REFUSED,
        /** The time was up. */
        TIMED_OUT,
        /** The pipeline left the input out: by a filter, for a failure, or in a side output that does not reply. */
        NO_ANSWER,
        /** The call was closed, or its job failed, was cancelled or has restarted. */
        CLOSED
    }

    private final String call;
    private final Code code;

    public CallException(String call, Code code, String message, Throwable cause) {
        super("call '" + call + "': " + message, cause, false, false);
        this.call = call;
        this.code = code;
    }

    /** The name of the call. */
    public String call() {
        return call;
    }

    public Code code() {
        return code;
    }
}
