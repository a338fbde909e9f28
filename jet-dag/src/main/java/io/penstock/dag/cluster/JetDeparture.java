package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.impl.util.Util;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridRunner;
import io.penstock.grid.cluster.ClusterLink;

/**
 * Lets a member leave Jet before its grid closes, so that jobs go on elsewhere with their state as long as their maps
 * are open here. Hazelcast does the same when it shuts down, which is too late for that; it has no public call for it: so
 * this is the one place that uses an internal one.
 */
final class JetDeparture implements AutoCloseable, GridRunner {

    private final HazelcastInstance hazelcast;

    private JetDeparture(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /**
     * To be called when a job begins on a member.
     *
     * @throws GridException with {@link GridException.Code#CLOSED} if the grid is about to close
     */
    static void prepare(Grid grid) {
        ClusterLink link = ClusterLink.of(grid);
        if (link.isOwn()) { // another instance goes on without this grid, and maybe with other jobs
            grid.service(JetDeparture.class, ofGrid -> new JetDeparture(link.hazelcast()));
        }
    }

    /** Waits for up to 10 s until no job runs on this member. */
    @Override
    public void close() {
        if (hazelcast.getLifecycleService().isRunning()) {
            Util.getJetServiceBackend(hazelcast).shutDownJobs();
        }
    }
}
