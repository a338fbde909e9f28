package io.penstock.dag.conformance;

import java.io.Serializable;

/** A row of a result, whose numbers mean what its test says. */
public record Row(long a, long b, long c) implements Serializable {}
