package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.host.SenderTimes;
import io.penstock.dag.operator.Batch;
import java.util.List;

/**
 * A tasklet that reads from queues, one per sender. Takes from them in turn; at a barrier, stops reading from a queue
 * until the barrier has come from all of them.
 */
final class OperatorTasklet extends Tasklet {

    private enum State {
        READ,
        BATCH,
        /** Tells the tree what a signal calls for. */
        SIGNAL,
        BARRIER,
        END,
        FINISHED
    }

    private final TaskletInput[] inputs;
    private final SenderTimes times;
    private State state = State.READ;
    private int nextInput;
    private TaskletInput current;
    private Batch batch;
    private Signal.Barrier barrier;
    private boolean barrierBegun;

    OperatorTasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers, List<TaskletInput> inputs) {
        super(execution, tree, writers);
        this.inputs = inputs.toArray(TaskletInput[]::new);
        times = new SenderTimes(tree, this.inputs.length);
    }

    @Override
    void runOn(Worker stepping) {
        super.runOn(stepping);
        for (TaskletInput input : inputs) {
            input.queue.readBy(stepping.parking());
        }
    }

    @Override
    boolean work() {
        for (int i = 0; i < ITEMS_PER_STEP && state != State.FINISHED; i++) {
            if (i > 0 && isBetweenCalls() && isTimeUp()) {
                return true;
            }
            State next = next();
            if (next == null) {
                if (state == State.READ) {
                    tree.flushCollected();
                }
                return i > 0;
            }
            state = next;
        }
        return true;
    }

    /** The state after one step, or null if there is nothing to read or what was begun cannot be finished yet. */
    private State next() {
        return switch (state) {
            case READ -> read();
            case BATCH -> batch();
            case SIGNAL -> times.tell() ? afterSignal() : null;
            case BARRIER -> barrier();
            case END -> tree.acceptEnd() ? State.FINISHED : null;
            case FINISHED -> throw new IllegalStateException("a tasklet was stepped after its end");
        };
    }

    /** Takes the next item of the next queue that has one. */
    private State read() {
        for (int i = 0; i < inputs.length; i++) {
            int index = nextInput;
            TaskletInput input = inputs[index];
            nextInput = nextInput + 1 == inputs.length ? 0 : nextInput + 1;
            Object item = times.hasEnded(index) || input.atBarrier ? null : input.queue.poll();
            if (item != null) {
                return taken(index, item);
            }
        }
        return null;
    }

    private State taken(int index, Object item) {
        if (item instanceof Batch rows) {
            current = inputs[index];
            batch = rows;
            times.rowsFrom(index);
            return State.BATCH;
        }
        if (item instanceof Signal.Watermark signal) {
            times.watermark(index, signal.watermarkMs());
        } else if (item instanceof Signal.Idle signal) {
            times.idle(index, signal.isIdle());
        } else if (item instanceof Signal.Barrier signal) {
            barrier = signal;
            barrierBegun = false;
            inputs[index].atBarrier = true;
        } else {
            times.end(index);
        }
        return State.SIGNAL;
    }

    private State batch() {
        if (!times.tell() || !tree.accept(current.ordinal, batch)) {
            return null;
        }
        current.queue.recycle(batch);
        batch = null;
        return State.READ;
    }

    private State barrier() {
        boolean isFirstCall = !barrierBegun;
        barrierBegun = true;
        if (!passBarrier(barrier, isFirstCall)) {
            return null;
        }
        for (TaskletInput input : inputs) {
            input.atBarrier = false;
        }
        boolean isTerminal = barrier.isTerminal();
        barrier = null;
        return isTerminal ? State.FINISHED : afterSignal();
    }

    /** What is next when the tree knows of all signals. */
    private State afterSignal() {
        if (barrier != null && areAllAtBarrier()) {
            return State.BARRIER;
        }
        return times.haveAllEnded() ? State.END : State.READ;
    }

    private boolean areAllAtBarrier() {
        for (int index = 0; index < inputs.length; index++) {
            if (!inputs[index].atBarrier && !times.hasEnded(index)) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean isBetweenCalls() {
        return state == State.READ;
    }

    @Override
    boolean isFinished() {
        return state == State.FINISHED;
    }

    /** How full the fullest of the queues is that the tasklet reads from, from 0 to 1. By any thread. */
    double queueFill() {
        double fullest = 0;
        for (TaskletInput input : inputs) {
            fullest = Math.max(fullest, input.queue.fill());
        }
        return fullest;
    }
}
