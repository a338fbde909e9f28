package io.penstock.dag.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.config.EdgeConfig;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One Hazelcast member that runs plans in Jet. */
public final class JetHost implements AutoCloseable {

    static final String GRID = "penstock.grid";

    private static final int QUEUE_BATCHES = 8;
    private static final int PARTITIONS = 31;
    private static final int SNAPSHOT_INTERVAL_MS = 100;

    private final HazelcastInstance member;

    /** Starts a member that talks to nobody, and whose jobs see {@code grid}. */
    public JetHost(Grid grid) {
        System.setProperty("org.slf4j.simpleLogger.log.com.hazelcast", "error");
        Config config = new Config();
        config.setClusterName("penstock-" + grid.name());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.partition.count", Integer.toString(PARTITIONS));
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(2);
        config.getUserContext().put(GRID, grid);
        member = Hazelcast.newHazelcastInstance(config);
    }

    /** Starts a job, which takes a snapshot every {@value #SNAPSHOT_INTERVAL_MS} ms if it takes any. */
    public JetJob start(String name, LogicalPlan logical, int parallelism, boolean takesSnapshots) {
        JobConfig config = new JobConfig().setName(name);
        WireSerializers.register(config);
        if (takesSnapshots) {
            config.setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                    .setSnapshotIntervalMillis(SNAPSHOT_INTERVAL_MS);
        }
        return new JetJob(member.getJet().newJob(dag(logical, parallelism), config));
    }

    private static DAG dag(LogicalPlan logical, int parallelism) {
        Plan plan = Planner.plan(logical, parallelism);
        DAG dag = new DAG();
        Map<Vertex, com.hazelcast.jet.core.Vertex> vertices = new HashMap<>();
        for (Vertex vertex : plan.vertices()) {
            vertices.put(vertex, dag.newVertex(vertex.name(), new SpikeTreeSupplier(logical, parallelism, vertex.name()))
                    .localParallelism(vertex.parallelism()));
        }
        for (Vertex vertex : plan.vertices()) {
            List<Exchange> exchanges = SpikeTreeSupplier.exchangesOf(plan, vertex);
            for (int ordinal = 0; ordinal < exchanges.size(); ordinal++) {
                Exchange exchange = exchanges.get(ordinal);
                dag.edge(Edge.from(vertices.get(vertex), ordinal)
                        .to(vertices.get(exchange.target()), exchange.ordinal())
                        .partitioned(Rows::partition, (partition, count) -> partition)
                        .setConfig(new EdgeConfig().setQueueSize(QUEUE_BATCHES)));
            }
        }
        return dag;
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
