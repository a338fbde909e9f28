package io.penstock.dag.operator;

/**
 * Fails the job. The message names the stage and shows no event's content; an operator that throws it is taken at its
 * word.
 */
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
