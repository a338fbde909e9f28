package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.operator.Batch;
import java.util.List;

/**
 * A tasklet that reads from queues, one per sender. Takes from them in turn; at a barrier, stops reading from a queue
 * until the barrier has come from all of them.
 *
 * <p><b>Time.</b> Watermarks are coalesced by minimum over the senders that are not idle. If all are idle, or at their
 * end, none holds the others back: the newest watermark counts, and the tasklet's own readers are told that it is idle.
 */
final class OperatorTasklet extends Tasklet {

    private enum State {
        READ,
        BATCH,
        WATERMARK,
        /** Tells the readers that the tasklet is idle, or is no longer. */
        IDLE,
        BARRIER,
        END,
        FINISHED
    }

    private final TaskletInput[] inputs;
    private State state = State.READ;
    private int nextInput;
    private TaskletInput current;
    private Batch batch;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean idleSent;
    private Signal.Barrier barrier;
    private boolean barrierBegun;

    OperatorTasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers, List<TaskletInput> inputs) {
        super(execution, tree, writers);
        this.inputs = inputs.toArray(TaskletInput[]::new);
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
            case WATERMARK -> tree.acceptWatermark(watermarkMs) ? afterSignal() : null;
            case IDLE -> idle();
            case BARRIER -> barrier();
            case END -> tree.acceptEnd() ? State.FINISHED : null;
            case FINISHED -> throw new IllegalStateException("a tasklet was stepped after its end");
        };
    }

    /** Takes the next item of the next queue that has one. */
    private State read() {
        for (int i = 0; i < inputs.length; i++) {
            TaskletInput input = inputs[nextInput];
            nextInput = nextInput + 1 == inputs.length ? 0 : nextInput + 1;
            Object item = input.ended || input.atBarrier ? null : input.queue.poll();
            if (item != null) {
                return taken(input, item);
            }
        }
        return null;
    }

    private State taken(TaskletInput input, Object item) {
        if (item instanceof Batch rows) {
            current = input;
            batch = rows;
            input.idle = false;
            return idleSent ? State.IDLE : State.BATCH;
        }
        if (item instanceof Signal.Watermark signal) {
            input.watermark(signal.watermarkMs());
        } else if (item instanceof Signal.Idle signal) {
            input.idle = signal.isIdle();
        } else if (item instanceof Signal.Barrier signal) {
            barrier = signal;
            barrierBegun = false;
            input.atBarrier = true;
        } else {
            input.watermark(Long.MAX_VALUE);
            input.ended = true;
        }
        return afterSignal();
    }

    private State batch() {
        if (!tree.accept(current.ordinal, batch)) {
            return null;
        }
        current.queue.recycle(batch);
        batch = null;
        return State.READ;
    }

    private State idle() {
        if (!tree.acceptIdle(!idleSent)) {
            return null;
        }
        idleSent = !idleSent;
        return batch != null ? State.BATCH : afterSignal();
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

    /** What the signals that have come so far call for. */
    private State afterSignal() {
        long oldestMs = Long.MAX_VALUE;
        long newestMs = Long.MIN_VALUE;
        boolean noneActive = true;
        boolean allAtLastWatermark = true;
        boolean allEnded = true;
        boolean allAtBarrier = true;
        for (TaskletInput input : inputs) {
            boolean isAtLastWatermark = input.watermarkMs == Long.MAX_VALUE;
            oldestMs = Math.min(oldestMs, input.idle ? Long.MAX_VALUE : input.watermarkMs);
            newestMs = Math.max(newestMs, input.lastTimeMs);
            noneActive &= isAtLastWatermark || input.idle;
            allAtLastWatermark &= isAtLastWatermark;
            allEnded &= input.ended;
            allAtBarrier &= input.ended || input.atBarrier;
        }
        boolean isIdle = noneActive && !allAtLastWatermark;
        long coalescedMs = isIdle ? newestMs : oldestMs;
        if (coalescedMs > watermarkMs) {
            watermarkMs = coalescedMs;
            return State.WATERMARK;
        }
        if (isIdle != idleSent && !allAtLastWatermark) {
            return State.IDLE;
        }
        if (barrier != null && allAtBarrier) {
            return State.BARRIER;
        }
        return allEnded ? State.END : State.READ;
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
