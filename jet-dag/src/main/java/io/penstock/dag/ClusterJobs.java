package io.penstock.dag;

import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobHostProvider;
import io.penstock.grid.Grid;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The host of a cluster's jobs, which is looked for and opened when it is first needed. Thread-safe. */
final class ClusterJobs implements AutoCloseable {

    private final Grid grid;
    private final int workerCount;
    private final Function<Grid, JobHostProvider> provider;
    private JobHost host;
    private boolean closed;

    /**
     * @param workerCount how many instances of a stage run on each member; 0 for one per core
     * @param provider finds who can open the host
     */
    ClusterJobs(Grid grid, int workerCount, Function<Grid, JobHostProvider> provider) {
        this.grid = grid;
        this.workerCount = workerCount;
        this.provider = provider;
    }

    /** @throws IllegalStateException if the class path has no provider */
    static JobHostProvider find(Grid grid) {
        return find(grid, JobHostProvider.class.getClassLoader());
    }

    static JobHostProvider find(Grid grid, ClassLoader loader) {
        return ServiceLoader.load(JobHostProvider.class, loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("grid '" + grid.name() + "' is on a cluster, but its jobs"
                        + " find no " + JobHostProvider.class.getName() + " under META-INF/services; if the application"
                        + " is packed into one jar, let its packer merge these files, or submit jobs with"
                        + " o.inThisJvm()"));
    }

    synchronized JobHost host() {
        if (closed) {
            throw new IllegalStateException(
                    "grid '" + grid.name() + "' is closed and neither starts nor finds jobs; open another grid");
        }
        if (host == null) {
            host = provider.apply(grid).open(grid, workerCount);
        }
        return host;
    }

    /** Lets go of the jobs, which go on. */
    @Override
    public void close() {
        JobHost opened;
        synchronized (this) {
            closed = true;
            opened = host;
            host = null;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
