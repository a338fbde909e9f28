package io.penstock.dag.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.RestartableException;
import com.hazelcast.jet.core.ProcessorSupplier;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.CallProbe;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanMessage;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.cluster.KeyPartitions;
import io.penstock.grid.cluster.MemberGrids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The plan of a job as a member runs it: made anew for each execution, since members come and go.
 *
 * @param plan for as many workers as there are
 * @param member the number of this member, in the order of their addresses
 * @param partitions those that this member owned when the execution began
 * @param compiler null to let each operator call the next
 */
record MemberPlan(
        HazelcastInstance hazelcast, Grid grid, String job, Plan plan, Layout layout, int member, int[] partitions,
        LoopCompiler compiler, EventTrial trial) {

    /** So long may a member that has just joined take to open its grid. */
    private static final Duration GRID_WAIT_MAX = Duration.ofSeconds(10);

    private static final Comparator<Address> ORDER =
            Comparator.comparing(Address::getHost).thenComparingInt(Address::getPort);

    /**
     * Plans on this member, which comes to the same as where the job was submitted. May wait for the member's grid.
     *
     * @throws io.penstock.dag.plan.PlanException if it does not
     */
    static MemberPlan make(ProcessorSupplier.Context context, String mapPrefix, String own, int workersPerMember)
            throws InterruptedException {
        Grid grid = MemberGrids.of(context.hazelcastInstance()).await(mapPrefix, GRID_WAIT_MAX);
        if (grid == null) {
            throw new IllegalStateException("this member has no grid" + (mapPrefix.isEmpty() ? "" : " with mapPrefix '"
                    + mapPrefix + "'") + " that could run jobs; open one with Grid.cluster(...) on every member");
        }
        try {
            JetDeparture.prepare(grid);
        } catch (GridException e) {
            throw new RestartableException("member " + own + " closes its grid: " + e.getMessage());
        }
        PlanMessage message = PlanMessage.read(
                context.jobConfig().getArgument(JobArguments.PLAN), Thread.currentThread().getContextClassLoader());
        Map<Address, int[]> assignment = context.partitionAssignment();
        List<Address> members = assignment.keySet().stream().sorted(ORDER).toList();
        int[][] partitions = members.stream().map(assignment::get).toArray(int[][]::new);
        Plan everywhere = message.plan();
        Layout layout = new Layout(everywhere, workersPerMember, partitions);
        int member = members.stream().map(MemberPlan::text).toList().indexOf(own);
        return new MemberPlan(
                context.hazelcastInstance(), grid, context.jobConfig().getArgument(JobArguments.NAME),
                everywhere.on(layout.workerCount()), layout, member, partitions[member],
                message.isInterpreted() ? null : compiler(context), new EventTrial());
    }

    /** Classes that came with a job are others each time, and are to go with it. */
    private static LoopCompiler compiler(ProcessorSupplier.Context context) {
        return context.jobConfig().getResourceConfigs().isEmpty()
                ? MemberJobs.of(context.hazelcastInstance()).compiler()
                : new LoopCompiler();
    }

    /** An address as it stands in messages. */
    static String text(Address address) {
        return address.getHost() + ":" + address.getPort();
    }

    /** What one processor of a vertex drives, not opened yet; null if it is absent. */
    TreePart part(MemberExecution execution, String vertexName, int local) {
        int instance = layout.instanceAt(vertexName, member, local);
        if (instance == Layout.ABSENT) {
            return null;
        }
        Vertex vertex = plan.vertexOf(vertexName);
        Outlet outlet = new Outlet();
        List<Exchange> exchanges = JetDag.exchangesFrom(plan, vertex);
        List<EdgeWriter> writers = new ArrayList<>();
        OperatorTree tree = new OperatorTree(grid, job, plan, vertex, instance, exchange -> {
            EdgeWriter writer = writer(exchange, exchanges.indexOf(exchange), instance, outlet);
            writers.add(writer);
            return writer;
        }, compiler);
        CallProbe probe = new CallProbe();
        tree.contexts().forEach(context -> {
            context.observe(probe);
            context.onPartitions(partitions);
        });
        Senders senders = vertex.root().isSource() ? null : new Senders(tree, layout.senders(vertexName, instance));
        return new TreePart(execution, tree, outlet, writers, senders, vertexName, instance,
                layout.present(vertexName).length, probe);
    }

    private String userStage(String stage) {
        return plan.vertexOf(stage).stages().stream()
                .filter(node -> node.name().equals(stage))
                .findFirst()
                .orElseThrow()
                .userStage();
    }

    private EdgeWriter writer(Exchange exchange, int ordinal, int sender, Outlet outlet) {
        // The layout knows vertices by name, and the exchange as it was planned for any number of workers.
        Exchange planned = new Exchange(
                exchange.input(), layout.planned(exchange.target().name()), exchange.ordinal());
        String target = exchange.target().name();
        int[] receivers = layout.receivers(planned, sender);
        int[] addressed = Arrays.stream(receivers).map(receiver -> layout.partitionOf(target, receiver)).toArray();
        RowTargets targets = null;
        if (exchange.input().isExchanged()) {
            int[] byPartition = Arrays.stream(layout.instancesOfPartitions(target))
                    .map(instance -> Arrays.binarySearch(receivers, instance))
                    .toArray();
            targets = new RowTargets(
                    exchange.target().root().userStage(), exchange.input(), new KeyPartitions(hazelcast), byPartition,
                    0);
        }
        String sendingStage = userStage(exchange.input().from());
        boolean isLocal = Layout.isLocal(layout.everywhere(), planned);
        return new EdgeWriter(outlet, ordinal, sender, addressed, targets,
                isLocal ? event -> { } : event -> trial.check(sendingStage, event));
    }
}
