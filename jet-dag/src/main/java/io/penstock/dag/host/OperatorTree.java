package io.penstock.dag.host;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * One instance of a vertex: its operators, each of which hands its rows to the next by a plain call. Both hosts drive
 * their operators through this class and bring only the ends of the tree, which send rows to other vertices.
 *
 * <p>Used by one thread at a time. A call that answers false has not been finished, for want of room or of time, and
 * is to be made again before any other.
 */
public final class OperatorTree implements AutoCloseable {

    /** An entry of a snapshot, and the stage it belongs to. */
    public record StageEntry(String stage, boolean keyed, StateEntry entry) {}

    private final List<OperatorNode> nodes = new ArrayList<>();
    private final OperatorNode root;
    private boolean sourceEnded;
    private boolean filling;
    private int nextTicked;

    /**
     * Makes the operators, but does not open them.
     *
     * @param ends makes what carries rows out of the tree
     */
    public OperatorTree(
            Grid grid, String job, Plan plan, Vertex vertex, int instance, Function<Exchange, Receiver> ends) {
        root = node(grid, job, plan, vertex, vertex.root(), instance, ends);
    }

    private OperatorNode node(
            Grid grid, String job, Plan plan, Vertex vertex, StageNode stage, int instance,
            Function<Exchange, Receiver> ends) {
        List<List<Receiver>> receivers = new ArrayList<>();
        for (int i = 0; i <= stage.spec().sideOutputs().size(); i++) {
            receivers.add(new ArrayList<>());
        }
        int position = nodes.size();
        for (StageNode child : plan.childrenOf(stage.name())) {
            receivers.get(child.inputs().get(0).output()).add(node(grid, job, plan, vertex, child, instance, ends));
        }
        for (Exchange exchange : plan.exchangesFrom(stage.name())) {
            receivers.get(exchange.input().output()).add(ends.apply(exchange));
        }
        Operator operator = stage.spec().supplier().get();
        OperatorNode node = new OperatorNode(
                operator, new StageContext(grid, job, stage, instance, vertex.parallelism()), receivers);
        nodes.add(position, node);
        return node;
    }

    /** Opens all operators, in the order of the tree. */
    public void open() {
        for (OperatorNode node : nodes) {
            try {
                node.operator().open(node.context());
            } catch (Exception e) {
                throw new StageException(
                        node.context().stage(),
                        "cannot open: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                        e);
            }
        }
    }

    public boolean isCooperative() {
        return nodes.stream().allMatch(node -> node.operator().isCooperative());
    }

    /** Hands over a batch; it must stay as it is until the answer is true. */
    public boolean accept(int input, Batch batch) {
        return root.accept(input, batch);
    }

    public boolean acceptWatermark(long watermarkMs) {
        return root.acceptWatermark(watermarkMs);
    }

    /** Tells those behind the tree whether it is idle: see {@link Receiver#acceptIdle}. */
    public boolean acceptIdle(boolean isIdle) {
        return root.acceptIdle(isIdle);
    }

    /** How often {@link #tick} is to be called, in ms; 0 for never. Known when the tree is open. */
    public long tickMs() {
        return nodes.stream().mapToLong(node -> node.operator().tickMs()).filter(ms -> ms > 0).min().orElse(0);
    }

    /**
     * Tells operators that asked for it that wall-clock time has gone on.
     *
     * @param nowMs see {@link Operator#onTick}
     */
    public boolean tick(long nowMs) {
        for (; nextTicked < nodes.size(); nextTicked++) {
            OperatorNode node = nodes.get(nextTicked);
            if (node.operator().tickMs() > 0 && !node.tick(nowMs)) {
                return false;
            }
        }
        nextTicked = 0;
        return true;
    }

    public boolean acceptEnd() {
        return root.acceptEnd();
    }

    /** Lets the source at the root emit once; true when all that follows has been carried out. */
    public boolean fill() {
        if (!filling) {
            filling = true;
            sourceEnded = !root.fill();
        }
        if (!root.finishCall()) {
            return false;
        }
        filling = false;
        return true;
    }

    /** For how long the source at the root, which has emitted nothing, needs not be asked again, in ns. */
    public long sourceRestNs() {
        return root.sourceRestNs();
    }

    /** Whether the source at the root has emitted all. */
    public boolean isSourceEnded() {
        return sourceEnded && !filling;
    }

    /** Sends on rows that wait at the ends for more. */
    public boolean flushCollected() {
        return root.flushCollected();
    }

    /** Grows with everything that is done. */
    public long work() {
        long work = 0;
        for (OperatorNode node : nodes) {
            work += node.work();
        }
        return work;
    }

    /** The state of all stages, to be read before any other call. */
    public Iterator<StageEntry> snapshot() {
        return new Iterator<>() {
            private int index = -1;
            private Iterator<StateEntry> entries = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return entries.hasNext() || index + 1 < nodes.size();
            }

            @Override
            public StageEntry next() {
                if (entries.hasNext()) {
                    StageNode stage = nodes.get(index).context().node();
                    return new StageEntry(stage.name(), stage.isKeyed(), entries.next());
                }
                if (index + 1 == nodes.size()) {
                    throw new NoSuchElementException();
                }
                OperatorNode node = nodes.get(++index);
                entries = node.snapshot();
                StageContext context = node.context();
                return new StageEntry(
                        context.stage(), false, new StateEntry(HostKey.WATERMARK, context.watermarkMs()));
            }
        };
    }

    /** Whether a stage is one of this tree's. */
    public boolean has(String stage) {
        return nodes.stream().anyMatch(node -> node.context().stage().equals(stage));
    }

    /** Gives an entry of a snapshot to the stage that it belongs to, if it is one of this tree's. */
    public void restore(String stage, StateEntry entry) {
        for (OperatorNode node : nodes) {
            if (node.context().stage().equals(stage)) {
                node.restore(entry);
            }
        }
    }

    /** Says that the job goes on from a snapshot, of which all entries that belong to this tree have been restored. */
    public void restored() {
        nodes.forEach(node -> node.context().restored());
    }

    public List<StageContext> contexts() {
        return nodes.stream().map(OperatorNode::context).toList();
    }

    /** Closes all operators; the first failure is thrown, with the others attached to it. */
    @Override
    public void close() {
        StageException failure = null;
        for (OperatorNode node : nodes) {
            try {
                node.operator().close();
            } catch (Throwable e) { // also errors, so that the others are closed
                StageException next = new StageException(
                        node.context().stage(),
                        "cannot close: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                        e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
