package io.penstock.dag.host;

import io.penstock.dag.compile.LoopCompiler;
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

    /**
     * An entry of a snapshot.
     *
     * @param stage the node of the plan that saved it
     * @param userStage the user's stage that it belongs to, which is what finds it in another plan
     */
    public record StageEntry(String stage, String userStage, boolean keyed, StateEntry entry) {}

    private final List<OperatorNode> nodes = new ArrayList<>();
    private final List<LoopRunner> runners = new ArrayList<>();
    private final OperatorNode root;
    /** Runs the rows of the root, if it is compiled. */
    private final LoopRunner rootRunner;
    private boolean sourceEnded;
    private boolean filling;
    private int nextTicked;

    /**
     * Makes the operators, but does not open them; each calls the next.
     *
     * @param ends makes what carries rows out of the tree
     */
    public OperatorTree(
            Grid grid, String job, Plan plan, Vertex vertex, int instance, Function<Exchange, Receiver> ends) {
        this(grid, job, plan, vertex, instance, ends, null);
    }

    /**
     * Makes the operators, but does not open them.
     *
     * @param ends makes what carries rows out of the tree
     * @param compiler makes the loops in which rows run through the operators; one for all instances of a plan. Null to
     *     let each operator call the next
     */
    public OperatorTree(
            Grid grid, String job, Plan plan, Vertex vertex, int instance, Function<Exchange, Receiver> ends,
            LoopCompiler compiler) {
        TreeBuilder builder = new TreeBuilder(grid, job, plan, vertex, instance, ends, compiler);
        Receiver first = builder.build(nodes, runners);
        root = nodes.get(0);
        rootRunner = first instanceof LoopRunner runner ? runner : null;
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
        return rootRunner != null ? rootRunner.accept(batch) : root.accept(input, batch);
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
            if (rootRunner != null) {
                rootRunner.fill();
            } else {
                sourceEnded = !root.fill();
            }
        }
        if (rootRunner != null ? !rootRunner.finishFill() : !root.finishCall()) {
            return false;
        }
        sourceEnded |= rootRunner != null && rootRunner.isSourceEnded();
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
        for (LoopRunner runner : runners) {
            work += runner.work();
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
                return entries.hasNext() || index + 1 < nodes.size(); // each node has entries
            }

            @Override
            public StageEntry next() {
                if (!entries.hasNext()) {
                    if (index + 1 == nodes.size()) {
                        throw new NoSuchElementException();
                    }
                    entries = nodes.get(++index).snapshot();
                }
                StageNode stage = nodes.get(index).context().node();
                StateEntry entry = entries.next();
                boolean isKeyed = isKeyed(stage) && !(entry.key() instanceof HostKey);
                return new StageEntry(stage.name(), stage.userStage(), isKeyed, entry);
            }
        };
    }

    /** The state of a stage that runs in two steps belongs to the second, by key. */
    private static boolean isKeyed(StageNode stage) {
        return stage.isKeyed() || stage.part() == StageNode.Part.FIRST;
    }

    /** Whether a stage, or a part of it, is one of this tree's. */
    public boolean has(String stage) {
        return nodes.stream().anyMatch(node -> node.context().stage().equals(stage));
    }

    /**
     * Gives an entry of a snapshot to the user's stage that it belongs to, if it is one of this tree's. For hosts that
     * send an entry to whichever tree owns its key now, also in another plan.
     */
    public void restore(String userStage, StateEntry entry) {
        for (OperatorNode node : nodes) {
            boolean isOwn = node.context().node().part() != StageNode.Part.FIRST || entry.key() instanceof HostKey;
            if (isOwn && node.context().stage().equals(userStage)) {
                node.restore(entry);
            }
        }
    }

    /** Gives an entry of a snapshot to the node that saved it. For hosts that send an entry back to where it came from. */
    public void restoreSame(String stage, StateEntry entry) {
        for (OperatorNode node : nodes) {
            if (node.context().node().name().equals(stage)) {
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
