package io.penstock.grid;

/** TODO-CODEC. */
public interface Codec<T> {}
