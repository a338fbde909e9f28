package io.penstock.dag.cluster;

/** The value of an entry in Jet's snapshot: the state of one key. */
record SavedValue(Object value) {}
