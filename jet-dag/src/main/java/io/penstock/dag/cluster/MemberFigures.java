package io.penstock.dag.cluster;

import io.penstock.dag.StageMetrics;
import java.io.Serializable;
import java.util.List;

/**
 * What the stages of a job have done on one member.
 *
 * @param member its number in the execution
 * @param startedMs when the execution began, by the clock of its coordinator
 */
record MemberFigures(int member, long startedMs, List<StageMetrics> stages) implements Serializable {}
