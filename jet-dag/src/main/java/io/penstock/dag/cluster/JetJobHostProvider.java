package io.penstock.dag.cluster;

import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobHostProvider;
import io.penstock.grid.Grid;

/** Opens the hosts of jobs on clusters of Hazelcast. */
public final class JetJobHostProvider implements JobHostProvider {

    @Override
    public JobHost open(Grid grid, int workerCount) {
        return new JetJobHost(grid, workerCount);
    }
}
