package io.penstock.grid.cluster;

import java.io.IOException;

/** What a function has thrown at an owner, on its way to the caller. */
final class Failures {

    private Failures() {}

    /** The exception that was serialized there; null if it cannot be read here. */
    static Throwable read(byte[] failure, Object function) {
        try {
            return (Throwable) JavaForm.read(failure, loader(function));
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** The loader that knows what a function refers to. */
    static ClassLoader loader(Object function) {
        ClassLoader loader = function.getClass().getClassLoader();
        return loader != null ? loader : Failures.class.getClassLoader();
    }

    /** Throws it as it was thrown there; functions throw nothing that is checked, unless they hide it. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException rethrow(Throwable failure) throws E {
        throw (E) failure;
    }
}
