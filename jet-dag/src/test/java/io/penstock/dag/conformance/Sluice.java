package io.penstock.dag.conformance;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A step that holds its thread, and with it what comes behind, as long as a test wants. One job at a time. */
final class Sluice implements Operator {

    private enum State {
        CLOSED,
        OPEN,
        BROKEN
    }

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static volatile State state;
    private static volatile boolean working;

    static OperatorSpec spec() {
        return OperatorSpec.of("sluice", Sluice::new);
    }

    static void reset() {
        state = State.OPEN;
        working = false;
    }

    static void shut() {
        state = State.CLOSED;
    }

    static void open() {
        state = State.OPEN;
    }

    /** Lets the step fail with what it holds. */
    static void breakDown() {
        state = State.BROKEN;
    }

    /** Whether it has got something. */
    static boolean isWorking() {
        return working;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        working = true;
        while (state == State.CLOSED) {
            LockSupport.parkNanos(POLL_NS);
        }
        if (state == State.BROKEN) {
            throw new IllegalStateException("the sluice is broken");
        }
        for (int row = 0; row < batch.size(); row++) {
            output.emit(batch.timeMs(row), batch.event(row));
        }
    }
}
