package io.penstock.dag.host;

import io.penstock.grid.Grid;

/** Makes the hosts of jobs on clusters, which need a library; found by {@link java.util.ServiceLoader}. */
public interface JobHostProvider {

    /**
     * A host for a grid on a cluster.
     *
     * @param workerCount how many instances of a stage run on each member; 0 for one per core
     */
    JobHost open(Grid grid, int workerCount);
}
