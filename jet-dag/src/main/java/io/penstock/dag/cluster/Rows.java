package io.penstock.dag.cluster;

import io.penstock.dag.operator.Batch;

/**
 * What Jet's edges carry: a batch for one processor.
 *
 * <p>To a processor of the same member it goes as it is, so the sender must not use the batch again.
 *
 * @param partition one of the partitions that Jet has assigned to that processor
 * @param sender the number of the sender among those of its vertex, from 0
 */
record Rows(int partition, int sender, Batch batch) {}
