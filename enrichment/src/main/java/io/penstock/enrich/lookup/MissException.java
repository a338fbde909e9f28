package io.penstock.enrich.lookup;

/** A map has no entry for an event, and the step was told to fail then. */
final class MissException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissException(String message) {
        super(message);
    }
}
