package io.penstock.grid.view;

/** Stands in a live table where the value of a removed key was. */
final class Removed {

    static final Removed MARK = new Removed();

    private Removed() {}

    /** What a reader is to see of what it found in a slot. */
    static Object hide(Object found) {
        return found == MARK ? null : found;
    }
}
