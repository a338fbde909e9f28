package io.penstock.grid.codec;

import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;

/** What went wrong, on its way up; each field and element that it passes puts its name in front of the path. */
final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final StringBuilder path = new StringBuilder();

    Fault(Code code, String message) {
        this(code, message, null);
    }

    Fault(Code code, String message, Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
    }

    static Fault badBytes(String message) {
        return new Fault(Code.BAD_BYTES, message);
    }

    static Fault found(String found, String expected) {
        return badBytes("found " + found + ", expected " + expected);
    }

    /** {@code step} is such as {@code .card} or {@code [3]}. */
    Fault under(String step) {
        path.insert(0, step);
        return this;
    }

    GridException at(String root) {
        return new GridException(code, root + path + ": " + getMessage(), getCause());
    }
}
