package io.penstock.dag;

/** A job could not start, or failed. The message names job and stage, and shows no event's content. */
public final class JobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String job;
    private final String stage;

    /** @param stage the stage that failed, or null if none did */
    public JobException(String job, String stage, String message, Throwable cause) {
        super("job '" + job + "': " + message, cause);
        this.job = job;
        this.stage = stage;
    }

    public String job() {
        return job;
    }

    /** The stage that failed, or null if it was none. */
    public String stage() {
        return stage;
    }
}
