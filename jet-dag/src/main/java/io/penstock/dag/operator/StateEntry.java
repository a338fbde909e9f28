package io.penstock.dag.operator;

import java.io.Serializable;

/** A key and the state that an operator keeps for it. */
public record StateEntry(Object key, Object value) implements Serializable {}
