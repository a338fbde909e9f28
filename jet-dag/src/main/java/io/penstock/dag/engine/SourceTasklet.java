package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import java.util.List;

/** A tasklet whose root is a source. */
final class SourceTasklet extends Tasklet {

    private enum State {
        FILL,
        BARRIER,
        LAST_WATERMARK,
        END,
        FINISHED
    }

    private State state = State.FILL;
    private boolean filling;
    private Signal.Barrier barrier;
    private boolean barrierBegun;
    private long barriersPassed;

    SourceTasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers) {
        super(execution, tree, writers);
    }

    @Override
    boolean work() {
        for (int i = 0; i < ITEMS_PER_STEP && state != State.FINISHED; i++) {
            State next = next();
            if (next == null) {
                return i > 0;
            }
            state = next;
        }
        return true;
    }

    /** The state after one step, or null if the source has nothing or what was begun cannot be finished yet. */
    private State next() {
        return switch (state) {
            case FILL -> fill();
            case BARRIER -> barrier();
            case LAST_WATERMARK -> tree.acceptWatermark(Long.MAX_VALUE) ? State.END : null;
            case END -> tree.acceptEnd() ? State.FINISHED : null;
            case FINISHED -> throw new IllegalStateException("a tasklet was stepped after its end");
        };
    }

    private State fill() {
        if (!filling) {
            Signal.Barrier requested = execution.requestedBarrier();
            if (requested != null && requested.id() > barriersPassed) {
                barrier = requested;
                barrierBegun = false;
                return State.BARRIER;
            }
        }
        long before = tree.work();
        filling = !tree.fill();
        if (filling) {
            return null;
        }
        if (tree.isSourceEnded()) {
            return State.LAST_WATERMARK;
        }
        if (tree.work() == before) {
            tree.flushCollected();
            return null;
        }
        return State.FILL;
    }

    private State barrier() {
        boolean isFirstCall = !barrierBegun;
        barrierBegun = true;
        if (!passBarrier(barrier, isFirstCall)) {
            return null;
        }
        barriersPassed = barrier.id();
        return barrier.isTerminal() ? State.FINISHED : State.FILL;
    }

    @Override
    boolean isFinished() {
        return state == State.FINISHED;
    }
}
