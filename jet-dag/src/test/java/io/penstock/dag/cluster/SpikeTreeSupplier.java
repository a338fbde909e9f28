package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes the processors of a vertex. What travels is the logical plan, by Java serialization; the member plans again,
 * with the same outcome, and takes the grid from its user context.
 */
final class SpikeTreeSupplier implements ProcessorSupplier {

    private static final long serialVersionUID = 1L;

    private final LogicalPlan logical;
    private final int workerCount;
    private final String vertexName;
    private transient Grid grid;
    private transient String job;

    SpikeTreeSupplier(LogicalPlan logical, int workerCount, String vertexName) {
        this.logical = logical;
        this.workerCount = workerCount;
        this.vertexName = vertexName;
    }

    /** What a vertex sends, by the ordinal of the edge. */
    static List<Exchange> exchangesOf(Plan plan, Vertex vertex) {
        return vertex.stages().stream()
                .flatMap(stage -> plan.exchangesFrom(stage.name()).stream())
                .toList();
    }

    @Override
    public void init(Context context) {
        grid = (Grid) context.hazelcastInstance().getUserContext().get(JetHost.GRID);
        job = context.jobConfig().getName();
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        Plan plan = Planner.plan(logical, workerCount);
        Vertex vertex = plan.vertexOf(vertexName);
        List<Exchange> exchanges = exchangesOf(plan, vertex);
        List<Processor> processors = new ArrayList<>();
        LoopCompiler compiler = new LoopCompiler();
        for (int instance = 0; instance < count; instance++) {
            SpikeOutlet outlet = new SpikeOutlet();
            List<SpikeEdgeWriter> writers = new ArrayList<>();
            OperatorTree tree = new OperatorTree(grid, job, plan, vertex, instance, exchange -> {
                SpikeEdgeWriter writer = new SpikeEdgeWriter(outlet, exchanges.indexOf(exchange), exchange);
                writers.add(writer);
                return writer;
            }, compiler);
            processors.add(new SpikeTreeProcessor(tree, outlet, writers, vertex.root().inputs().size()));
        }
        return processors;
    }
}
