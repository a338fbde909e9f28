package io.penstock.dag.host;

import io.penstock.dag.compile.RowLoop;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.IndexedSource;
import java.util.List;

/**
 * A chain of operators whose rows run through a compiled loop. Everything else, such as watermarks, goes from operator to
 * operator: the nodes are the same with and without the loop. What the loop emits lies in the batches of the nodes,
 * which deliver it.
 */
final class LoopRunner implements Receiver {

    private final List<OperatorNode> nodes;
    private final OperatorNode first;
    private final RowLoop loop;
    private boolean delivering;
    private boolean loopDone = true;
    private int deliverIndex;
    private long work;

    LoopRunner(List<OperatorNode> nodes, RowLoop loop) {
        this.nodes = nodes;
        this.first = nodes.get(0);
        this.loop = loop;
        first.context().beginsLoop(stack -> nodes.get(loop.stageOf(stack)).context());
    }

    @Override
    public boolean accept(Batch batch) {
        if (!delivering) {
            run(batch);
        }
        return deliver() && (loopDone || goOn(batch));
    }

    /** Lets the source emit; to be called when the call before has been finished. */
    void fill() {
        run(null);
    }

    /** Whether the source has made all its rows, and the loop has taken them. */
    boolean isSourceEnded() {
        return loopDone && ((IndexedSource) first.operator()).isEnded();
    }

    /** Goes on with what {@link #fill} began; true when nothing is left of it. */
    boolean finishFill() {
        return deliver() && (loopDone || goOn(null));
    }

    /** Runs the loop again, but leaves it to the next call to deliver if it stops once more: others wait. */
    private boolean goOn(Batch batch) {
        run(batch);
        return deliver() && loopDone;
    }

    private void run(Batch batch) {
        try {
            first.context().enter();
            long rowsBefore = loop.rowsTaken();
            boolean goesOn = !loopDone;
            loopDone = loop.run(batch);
            work += loop.rowsTaken() - rowsBefore + (goesOn || !loopDone ? 1 : 0); // items are work, too
        } catch (Exception e) {
            throw nodes.get(loop.stageOf(e)).failed(e);
        }
        delivering = true;
    }

    private boolean deliver() {
        for (; deliverIndex < nodes.size(); deliverIndex++) {
            if (!nodes.get(deliverIndex).flush()) {
                return false;
            }
        }
        deliverIndex = 0;
        delivering = false;
        return true;
    }

    long work() {
        return work;
    }

    @Override
    public boolean acceptWatermark(long watermarkMs) {
        return first.acceptWatermark(watermarkMs);
    }

    @Override
    public boolean acceptIdle(boolean isIdle) {
        return first.acceptIdle(isIdle);
    }

    @Override
    public boolean acceptEnd() {
        return first.acceptEnd();
    }

    @Override
    public boolean flushCollected() {
        return first.flushCollected();
    }
}
