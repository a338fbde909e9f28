package io.penstock.demo;

/** A file of flights or airports that is not what it should be. The message names file, line and reason. */
final class BadFlightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadFlightsException(String message) {
        super(message);
    }

    BadFlightsException(String message, Throwable cause) {
        super(message, cause);
    }

    static BadFlightsException at(InputFile file, long line, String reason) {
        return new BadFlightsException(file + ", line " + line + ": " + reason);
    }
}
