package io.penstock.dag.plan;

/**
 * Rows that go from a stage of one vertex to the root of another.
 *
 * @param input what the reading stage said
 * @param target the vertex that reads
 * @param ordinal which of its root's inputs this is
 */
public record Exchange(StageInput input, Vertex target, int ordinal) {}
