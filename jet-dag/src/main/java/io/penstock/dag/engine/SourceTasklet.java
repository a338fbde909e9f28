package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tasklet whose root is a source. Leaves a source that has nothing alone for as long as it says. */
final class SourceTasklet extends Tasklet {

    private enum State {
        FILL,
        BARRIER,
        LAST_WATERMARK,
        END,
        FINISHED
    }

    /** A source that does not say how long it has nothing is asked again after 20 µs, 40 µs, ... up to 5 ms. */
    private static final long BACK_OFF_NS_MIN = TimeUnit.MICROSECONDS.toNanos(20);

    static final long BACK_OFF_NS_MAX = TimeUnit.MILLISECONDS.toNanos(5);

    private State state = State.FILL;
    private boolean filling;
    private boolean flushed = true;
    private boolean resting;
    private long restBeganNs;
    private long restNs;
    private long backOffNs;
    private Signal.Barrier barrier;
    private boolean barrierBegun;
    private long barriersPassed;

    SourceTasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers) {
        super(execution, tree, writers);
    }

    @Override
    boolean work() {
        for (int i = 0; i < ITEMS_PER_STEP && state != State.FINISHED; i++) {
            if (i > 0 && isBetweenCalls() && isTimeUp()) {
                return true;
            }
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
            if (isResting()) {
                flushed = flushed || tree.flushCollected();
                return null;
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
            flushed = tree.flushCollected();
            rest();
            return null;
        }
        backOffNs = 0;
        return State.FILL;
    }

    private void rest() {
        restNs = tree.sourceRestNs();
        if (restNs <= 0) {
            backOffNs = Math.min(BACK_OFF_NS_MAX, Math.max(BACK_OFF_NS_MIN, 2 * backOffNs));
            restNs = backOffNs;
        }
        restBeganNs = nowNs();
        resting = true;
    }

    private boolean isResting() {
        if (resting && (takeWoken() || nowNs() - restBeganNs >= restNs)) {
            resting = false;
        }
        return resting;
    }

    @Override
    long restNs(long atNs) {
        long untilFillNs = resting ? Math.max(0, restNs - (atNs - restBeganNs)) : isBetweenCalls() ? 0 : Long.MAX_VALUE;
        return Math.min(untilFillNs, super.restNs(atNs));
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
    boolean isBetweenCalls() {
        return state == State.FILL && !filling;
    }

    @Override
    boolean isFinished() {
        return state == State.FINISHED;
    }
}
