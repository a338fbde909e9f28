package io.penstock.dag.wire;

/** Why an event cannot be written, on its way up; each component that it passes puts its name in front of the path. */
final class Unwritable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StringBuilder path = new StringBuilder();

    Unwritable(String why) {
        this(why, null);
    }

    Unwritable(String why, Throwable cause) {
        super(why, cause, false, false);
    }

    Unwritable under(String component) {
        path.insert(0, "." + component);
        return this;
    }

    /** Such as {@code .order.lines}; empty for the event itself. */
    String path() {
        return path.toString();
    }
}
