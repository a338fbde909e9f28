package io.penstock.dag.cluster;

import io.penstock.dag.StageMetrics;
import java.io.Serializable;
import java.util.List;

/**
 * What the stages of a job have done on one member.
 *
 * @param member its number in the execution
 * @param startedMs about when the execution began, by the clock of its coordinator: later than any before
 */
record MemberFigures(int member, long executionId, long startedMs, List<StageMetrics> stages) implements Serializable {}
