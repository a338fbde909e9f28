package io.penstock.dag.plan;

/** A plan that was sent cannot run here. The message names the stage, if one is known, and the way out. */
public final class PlanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String stage;

    PlanException(String stage, String message, Throwable cause) {
        super((stage == null ? "" : "stage '" + stage + "': ") + message, cause);
        this.stage = stage;
    }

    /** The stage that cannot be read, or null if it is not one alone. */
    public String stage() {
        return stage;
    }
}
