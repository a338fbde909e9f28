package io.penstock.infer;

/** A model could not be deployed, found, loaded or run. The message names it, what is wrong, and the way out. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Stable: programs may switch on it. */
    public enum Code {
        /** A name is empty, too long, or has characters that are not allowed. */
        BAD_NAME,
        /** The file or resource does not exist or cannot be read. */
        CANNOT_READ,
        /** The model is larger than what a grid takes. */
        TOO_LARGE,
        /** The bytes are not a model that the engine can load. */
        BAD_MODEL,
        /** The model loads, but its inputs or outputs are not of a kind that can be scored with. */
        UNSUPPORTED_SIGNATURE,
        /** The inputs or outputs are not those of the version that it is to replace. */
        SIGNATURE_CHANGED,
        /** The version is to score from an event time on, but there is none for the events before. */
        NO_PREDECESSOR,
        /** More versions wait for their event time than a grid keeps. */
        TOO_MANY_VERSIONS,
        /** The model loads, but cannot score. */
        WARM_UP_FAILED,
        /** The bytes in the grid are not those that were deployed. */
        DAMAGED,
        /** No model of that name is deployed. */
        UNKNOWN_MODEL,
        /** A running job uses the model. */
        IN_USE,
        /** Another member of the grid deployed or removed the same model at the same moment. */
        CONFLICT,
        /** A version was deployed, but some members cannot load it, or have not said in time that they did. */
        NOT_EVERYWHERE,
        /** A row has not as many values as the model wants, or one that is not finite. */
        BAD_ROW,
        /** The engine failed to score. */
        RUN_FAILED,
        /** The engine does not run on this machine. */
        NO_ENGINE,
        /** The grid is closed. */
        CLOSED
    }

    private final Code code;

    public ModelException(Code code, String message) {
        this(code, message, null);
    }

    public ModelException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
