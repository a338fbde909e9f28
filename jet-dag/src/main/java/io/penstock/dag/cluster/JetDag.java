package io.penstock.dag.cluster;

import com.hazelcast.jet.config.EdgeConfig;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Vertex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes Jet's graph of a plan: a vertex for each vertex, an edge for each exchange. */
final class JetDag {

    /** How many batches and signals wait between two processors at most, and on an edge from member to member. */
    private static final int QUEUE_BATCHES = 64;

    private JetDag() {}

    /**
     * The graph.
     *
     * @param plan with {@link Vertex#EVERYWHERE} in it
     * @param workersPerMember 0 to let the coordinator decide
     */
    static DAG of(Plan plan, String mapPrefix, int workersPerMember) {
        DAG dag = new DAG();
        Map<String, com.hazelcast.jet.core.Vertex> vertices = new HashMap<>();
        for (Vertex vertex : plan.vertices()) {
            com.hazelcast.jet.core.Vertex made = dag.newVertex(
                    vertex.name(), new VertexMetaSupplier(vertex.name(), mapPrefix, workersPerMember));
            int processors = Layout.processorsPerMember(vertex, workersPerMember);
            vertices.put(vertex.name(), processors > 0 ? made.localParallelism(processors) : made);
        }
        for (Vertex vertex : plan.vertices()) {
            List<Exchange> exchanges = exchangesFrom(plan, vertex);
            for (int ordinal = 0; ordinal < exchanges.size(); ordinal++) {
                Exchange exchange = exchanges.get(ordinal);
                Edge edge = Edge.from(vertices.get(vertex.name()), ordinal)
                        .to(vertices.get(exchange.target().name()), exchange.ordinal())
                        .setConfig(new EdgeConfig().setQueueSize(QUEUE_BATCHES));
                dag.edge(Layout.isLocal(plan, exchange)
                        ? edge.isolated()
                        : edge.distributed().partitioned(JetDag::partition, (partition, count) -> partition));
            }
        }
        return dag;
    }

    private static int partition(Object item) {
        return item instanceof Rows rows ? rows.partition() : ((TimeSignal) item).partition();
    }

    /** What a vertex sends, by the ordinal of the edge. */
    static List<Exchange> exchangesFrom(Plan plan, Vertex vertex) {
        return vertex.stages().stream()
                .flatMap(stage -> plan.exchangesFrom(stage.name()).stream())
                .toList();
    }
}
