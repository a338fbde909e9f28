package io.penstock.dag;

/** Throws a checked exception through an interface that declares none. */
final class Sneaky {

    private Sneaky() {}

    @SuppressWarnings("unchecked")
    static <E extends Exception> RuntimeException rethrow(Exception e) throws E {
        throw (E) e;
    }
}
