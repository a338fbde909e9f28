package io.penstock.grid;

/** A wrong use or an exceeded limit of a grid or a map. The message names the thing and the way out. */
public sealed class GridException extends RuntimeException permits ChangesLostException {

    private static final long serialVersionUID = 1L;

    /** Stable: programs may switch on it. */
    public enum Code {
        /** The grid, or the local view, is closed. */
        CLOSED,
        /** A map without eviction holds its maximum of entries. */
        MAP_FULL,
        /** A setting is unknown, impossible, or conflicts with another. */
        BAD_CONFIG,
        /** A name is empty, too long, or has characters that are not allowed. */
        BAD_NAME,
        /** The type of a key is not allowed, or a key is not of the map's type. */
        BAD_KEY,
        /** The type of a value is not allowed, or a value is not of the map's type. */
        BAD_VALUE,
        /** A map is open already with other types. */
        TYPE_CONFLICT,
        /** A reader of a map's changes asked for changes that its journal has no more, or never had. */
        CHANGES_LOST,
        /** A predicate or an index names a property that the values do not have, or cannot be read. */
        BAD_PROPERTY,
        /** More asynchronous calls wait than the grid takes. */
        OVERLOADED,
        /** A codec cannot read bytes: they are damaged, or of another type or another version of the format. */
        BAD_BYTES,
        /** A codec does not know a type, or may not read or write it. */
        BAD_TYPE,
        /** A value is larger, or nested deeper, than a codec's limits. */
        TOO_LARGE,
        /** The cluster, or the owner of a key, did not answer in time. If it was a write, it was not made. */
        UNAVAILABLE,
        /** A write was sent, but its answer did not come: it may have been made, or not, or still be. */
        OUTCOME_UNKNOWN
    }

    private final Code code;

    public GridException(Code code, String message) {
        this(code, message, null);
    }

    public GridException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
