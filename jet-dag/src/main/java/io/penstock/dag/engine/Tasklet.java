package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import java.util.List;

/** One instance of a vertex, stepped by a worker. */
abstract sealed class Tasklet permits SourceTasklet, OperatorTasklet {

    /** How many batches or signals a step may take before other tasklets have their turn. */
    static final int ITEMS_PER_STEP = 8;

    final OperatorTree tree;
    final Execution execution;
    final int instance;
    final int instanceCount;
    private final List<ExchangeWriter> writers;
    private int barrierIndex;
    private boolean done;

    Tasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers) {
        this.execution = execution;
        this.tree = tree;
        this.writers = writers;
        instance = tree.contexts().get(0).instance();
        instanceCount = tree.contexts().get(0).instanceCount();
    }

    /** Does some work; true if there was any. After the end, after a failure and when the job is cancelled, closes. */
    final boolean step() {
        try {
            if (execution.isStopping()) {
                Thread.interrupted(); // it has done its work: what closes the operators may block
                close(null);
                return true;
            }
            long before = tree.work();
            boolean worked = work();
            if (isFinished()) {
                execution.finished(this);
                close(null);
            }
            return worked || tree.work() != before;
        } catch (Throwable e) {
            close(e);
            return true;
        }
    }

    /** Works for at most about 1 ms; true if something was taken or emitted. */
    abstract boolean work();

    /** Whether all work is done. */
    abstract boolean isFinished();

    /** The root stage's name and the instance, as they stand in thread names. */
    final String name() {
        return tree.contexts().get(0).stage() + "-" + instance;
    }

    final boolean isDone() {
        return done;
    }

    /** Saves the tree's state, and then passes the barrier on; to be called until it answers true. */
    final boolean passBarrier(Signal.Barrier barrier, boolean isFirstCall) {
        if (isFirstCall) {
            execution.save(this, barrier);
        }
        for (; barrierIndex < writers.size(); barrierIndex++) {
            if (!writers.get(barrierIndex).acceptSignal(barrier)) {
                return false;
            }
        }
        barrierIndex = 0;
        return true;
    }

    /** Closes the operators, once. */
    final void close(Throwable failure) {
        if (done) {
            return;
        }
        done = true;
        Throwable first = failure;
        try {
            tree.close();
        } catch (Throwable e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
        execution.closed(this, first);
    }
}
