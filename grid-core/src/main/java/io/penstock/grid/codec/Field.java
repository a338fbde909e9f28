package io.penstock.grid.codec;

import java.lang.invoke.MethodHandle;

/**
 * One field of a class.
 *
 * @param index its slot
 * @param getter from Object to long if the field is primitive, else to Object
 */
record Field(String name, int index, Shape shape, MethodHandle getter) {

    long primitive(Object owner) {
        try {
            return (long) getter.invokeExact(owner);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    Object reference(Object owner) {
        try {
            return (Object) getter.invokeExact(owner);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reading a field of the right class throws nothing. */
    private static AssertionError unexpected(Throwable e) {
        return new AssertionError(e);
    }
}
