package io.penstock.dag.engine;

import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the tasklets of a plan and the queues between them. Used once. */
final class TaskletBuilder {

    /** An input of a vertex, from a stage's output. */
    private record Edge(String target, int ordinal) {}

    private final Grid grid;
    private final String job;
    private final Plan plan;
    private final Execution execution;
    private final LoopCompiler compiler;

    /** By edge: one queue per sender and receiver. */
    private final Map<Edge, BatchQueue[][]> queues = new HashMap<>();

    /** @param compiler null to let each operator call the next */
    TaskletBuilder(Grid grid, String job, Plan plan, Execution execution, LoopCompiler compiler) {
        this.grid = grid;
        this.job = job;
        this.plan = plan;
        this.execution = execution;
        this.compiler = compiler;
    }

    List<Tasklet> build() {
        for (Vertex vertex : plan.vertices()) {
            makeQueues(vertex);
        }
        List<Tasklet> tasklets = new ArrayList<>();
        for (Vertex vertex : plan.vertices()) {
            for (int instance = 0; instance < vertex.parallelism(); instance++) {
                tasklets.add(tasklet(vertex, instance));
            }
        }
        return tasklets;
    }

    private void makeQueues(Vertex vertex) {
        List<StageInput> inputs = vertex.root().inputs();
        for (int ordinal = 0; ordinal < inputs.size(); ordinal++) {
            int senders = plan.vertexOf(inputs.get(ordinal).from()).parallelism();
            BatchQueue[][] ofEdge = new BatchQueue[senders][vertex.parallelism()];
            for (int sender = 0; sender < senders; sender++) {
                for (int receiver = 0; receiver < vertex.parallelism(); receiver++) {
                    if (inputs.get(ordinal).isExchanged() || receiver == sender % vertex.parallelism()) {
                        ofEdge[sender][receiver] = new BatchQueue(Engine.QUEUE_BATCHES);
                    }
                }
            }
            queues.put(new Edge(vertex.name(), ordinal), ofEdge);
        }
    }

    private Tasklet tasklet(Vertex vertex, int instance) {
        List<ExchangeWriter> writers = new ArrayList<>();
        OperatorTree tree = new OperatorTree(grid, job, plan, vertex, instance, exchange -> {
            ExchangeWriter writer = writer(exchange, instance);
            writers.add(writer);
            return writer;
        }, compiler);
        if (vertex.root().isSource()) {
            return new SourceTasklet(execution, tree, writers);
        }
        return new OperatorTasklet(execution, tree, writers, inputs(vertex, instance));
    }

    private ExchangeWriter writer(Exchange exchange, int sender) {
        BatchQueue[] ofSender = queues.get(new Edge(exchange.target().name(), exchange.ordinal()))[sender];
        if (exchange.input().isExchanged()) {
            return new ExchangeWriter(ofSender, exchange.input().keyFn());
        }
        return new ExchangeWriter(new BatchQueue[] {ofSender[sender % ofSender.length]}, null);
    }

    private List<TaskletInput> inputs(Vertex vertex, int receiver) {
        List<TaskletInput> inputs = new ArrayList<>();
        for (int ordinal = 0; ordinal < vertex.root().inputs().size(); ordinal++) {
            for (BatchQueue[] ofSender : queues.get(new Edge(vertex.name(), ordinal))) {
                if (ofSender[receiver] != null) {
                    inputs.add(new TaskletInput(ofSender[receiver], ordinal));
                }
            }
        }
        return inputs;
    }
}
