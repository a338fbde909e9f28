package io.penstock.dag.cluster;

import io.penstock.dag.operator.Batch;

/**
 * What Jet's edges carry: a batch for one processor.
 *
 * @param partition one of the partitions that Jet has assigned to that processor
 */
record Rows(int partition, Batch batch) {}
