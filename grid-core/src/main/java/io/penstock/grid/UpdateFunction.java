package io.penstock.grid;

import java.io.Serializable;

/** Makes a new value of an old one. It may run more than once, and where the entry lives. */
@FunctionalInterface
public interface UpdateFunction<V> extends Serializable {

    /**
     * The value that the key is to have.
     *
     * @param before the present value; null if the key is absent
     * @return the new value; null to remove the key
     */
    V apply(V before);
}
