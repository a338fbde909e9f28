package io.penstock.dag.host;

/** A stage failed and takes its job with it. The message names the stage and shows no event's content. */
public final class StageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String stage;

    public StageException(String stage, String message, Throwable cause) {
        super("stage '" + stage + "': " + message, cause);
        this.stage = stage;
    }

    public String stage() {
        return stage;
    }
}
