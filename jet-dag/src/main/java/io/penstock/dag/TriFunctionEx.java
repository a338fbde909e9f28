package io.penstock.dag;

import java.io.Serializable;

/** A function of three arguments that is serializable and may throw. */
@FunctionalInterface
public interface TriFunctionEx<T, U, V, R> extends Serializable {

    R applyEx(T t, U u, V v) throws Exception;
}
