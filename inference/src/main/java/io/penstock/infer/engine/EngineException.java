package io.penstock.infer.engine;

/** An engine could not load or run a model; what it said about that, without types of its own. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean isEngineMissing;

    public EngineException(String message) {
        this(message, false);
    }

    private EngineException(String message, boolean isEngineMissing) {
        super(message);
        this.isEngineMissing = isEngineMissing;
    }

    /** For an engine that cannot run at all on this machine. */
    public static EngineException missing(String message) {
        return new EngineException(message, true);
    }

    public boolean isEngineMissing() {
        return isEngineMissing;
    }
}
