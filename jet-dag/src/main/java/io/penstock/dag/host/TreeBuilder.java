package io.penstock.dag.host;

import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.compile.RowLoop;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Loops;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the operators of one instance of a vertex, tied together. Used once. */
final class TreeBuilder {

    private final Grid grid;
    private final String job;
    private final Plan plan;
    private final Vertex vertex;
    private final int instance;
    private final Function<Exchange, Receiver> ends;
    private final LoopCompiler compiler;
    private final Loops loops;
    private final Map<String, OperatorNode> byStage = new HashMap<>();
    private List<OperatorNode> nodes;
    private List<LoopRunner> runners;

    /** @param compiler null for no loops */
    TreeBuilder(
            Grid grid, String job, Plan plan, Vertex vertex, int instance, Function<Exchange, Receiver> ends,
            LoopCompiler compiler) {
        this.grid = grid;
        this.job = job;
        this.plan = plan;
        this.vertex = vertex;
        this.instance = instance;
        this.ends = ends;
        this.compiler = compiler;
        loops = compiler == null ? null : Loops.of(plan, vertex);
    }

    /** Adds all nodes, the root first and each before those that read from it, and all loops; answers the root. */
    Receiver build(List<OperatorNode> allNodes, List<LoopRunner> allRunners) {
        nodes = allNodes;
        runners = allRunners;
        return receiver(vertex.root());
    }

    private Receiver receiver(StageNode stage) {
        OperatorNode node = node(stage);
        List<StageNode> loop = loops == null ? null : loops.loopOf(stage.name());
        if (loop == null || loop.get(0) != stage) {
            return node;
        }
        List<OperatorNode> ofLoop = loop.stream().map(each -> byStage.get(each.name())).toList();
        RowLoop compiled = compiler.loop(loop, ofLoop);
        LoopRunner runner = new LoopRunner(ofLoop, compiled);
        runners.add(runner);
        return runner;
    }

    private OperatorNode node(StageNode stage) {
        List<List<Receiver>> receivers = new ArrayList<>();
        for (int i = 0; i <= stage.spec().sideOutputs().size(); i++) {
            receivers.add(new ArrayList<>());
        }
        int position = nodes.size();
        for (StageNode child : plan.childrenOf(stage.name())) {
            receivers.get(child.inputs().get(0).output()).add(receiver(child));
        }
        for (Exchange exchange : plan.exchangesFrom(stage.name())) {
            receivers.get(exchange.input().output()).add(ends.apply(exchange));
        }
        OperatorNode node = new OperatorNode(
                stage.spec().supplier().get(),
                new StageContext(grid, job, stage, instance, vertex.parallelism()),
                receivers);
        nodes.add(position, node);
        byStage.put(stage.name(), node);
        return node;
    }
}
