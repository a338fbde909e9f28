package io.penstock.dag.call;

import io.penstock.dag.Failure;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import java.util.function.BiConsumer;

/**
 * Carries calls past a step that knows nothing of them: gives it one event at a time, so that all it emits belongs to
 * that event's call. A step that names its rows gets them all at once.
 *
 * <p>An event that belongs to no call, from another source, goes the same way, without one.
 *
 * <p>In a compiled loop {@link CallForms#carrying} does all that, but for the rows that leave the loop's usual way, and
 * for what comes of watermarks and time.
 */
final class CarriesCalls extends AroundOperator implements Emitter {

    private final FailurePolicy onFailure;
    private final int[] readers;
    private final boolean isByBatch;
    private final RowOutput rowOutput = new RowOutput();

    private String stage;
    private int failureOutput;
    private StageCounter failures;

    private int input;
    private Batch batch;
    private int nextRow;
    private int endRow;
    /** What the step has at the moment, and the calls that go with it. */
    private final Batch taken = new Batch();
    private final PendingCall[] calls = new PendingCall[Batch.CAPACITY];
    /** The call of the row that the step is at; null if it is at none. */
    private PendingCall current;
    private Emitter emitter;

    /** @param readers by output: how many stages read it on the way to a reply */
    CarriesCalls(Operator inner, FailurePolicy onFailure, int[] readers) {
        super(inner);
        this.onFailure = onFailure;
        this.readers = readers;
        isByBatch = inner.namesRows();
    }

    @Override
    public void open(OperatorContext context) throws Exception {
        stage = context.stage();
        failures = context.counter("failures");
        failureOutput = onFailure instanceof FailurePolicy.ToSideOutput side ? context.output(side.tag()) : -1;
        inner.open(context);
    }

    @Override
    public void process(int fromInput, Batch rows, Output output) throws Exception {
        input = fromInput;
        batch = rows;
        nextRow = 0;
        endRow = rows.size();
        rowOutput.outer = output;
        while (emitter == null && nextRow < endRow) {
            take();
        }
        if (emitter != null) {
            output.emitFrom(this);
        }
    }

    private void take() throws Exception {
        taken.clear();
        int end = isByBatch ? endRow : nextRow + 1;
        for (; nextRow < end; nextRow++) {
            Object row = batch.event(nextRow);
            calls[taken.size()] = CallRow.callOf(row);
            taken.add(batch.timeMs(nextRow), CallRow.eventOf(row));
        }
        current = isByBatch ? null : calls[0];
        inner.process(input, taken, rowOutput);
        if (emitter == null) {
            release();
        }
    }

    /** The step has done all it does with what it had. */
    private void release() {
        current = null;
        for (int row = 0; row < taken.size(); row++) {
            PendingCall call = calls[row];
            calls[row] = null;
            if (call != null) {
                call.release(stage);
            }
        }
        taken.clear();
    }

    @Override
    public boolean emitNext(Output output) throws Exception {
        if (emitter != null) {
            if (!emitter.emitNext(rowOutput)) {
                emitter = null;
                release();
            }
            return true;
        }
        if (nextRow < endRow) {
            take();
            return true;
        }
        return false;
    }

    @Override
    public void leave(Object row, Output output, BiConsumer<Object, Output> rest) {
        PendingCall call = CallRow.callOf(row);
        rowOutput.outer = output;
        current = call;
        rest.accept(CallRow.eventOf(row), rowOutput);
        current = null;
        if (call != null) {
            call.release(stage);
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) throws Exception {
        rowOutput.outer = output;
        inner.onWatermark(watermarkMs, rowOutput);
        handOverEmitter(output);
    }

    @Override
    public void onTick(long nowMs, Output output) throws Exception {
        rowOutput.outer = output;
        inner.onTick(nowMs, rowOutput);
        handOverEmitter(output);
    }

    @Override
    public void onIdle(Output output) throws Exception {
        rowOutput.outer = output;
        inner.onIdle(rowOutput);
        handOverEmitter(output);
    }

    @Override
    public void onEnd(Output output) throws Exception {
        rowOutput.outer = output;
        inner.onEnd(rowOutput);
        handOverEmitter(output);
    }

    private void handOverEmitter(Output output) {
        if (emitter != null) {
            nextRow = endRow; // of a batch that is the host's again
            output.emitFrom(this);
        }
    }

    /** Where the step emits to. */
    private final class RowOutput implements Output {

        private Output outer;

        @Override
        public void row(int row) {
            current = calls[row];
        }

        @Override
        public void emit(int output, long timeMs, Object event) {
            if (current == null) {
                outer.emit(output, timeMs, event);
                return;
            }
            if (event instanceof Failure<?> failure) {
                current.note(failure);
            }
            if (readers[output] == 0) {
                outer.emit(output, timeMs, event);
            } else {
                current.retain(readers[output]);
                outer.emit(output, timeMs, new CallRow(current, event));
            }
        }

        @Override
        public void emitFrom(Emitter rows) {
            emitter = rows;
        }

        @Override
        public void emitWatermark(long watermarkMs) {
            outer.emitWatermark(watermarkMs);
        }

        @Override
        public void emitIdle(boolean isIdle) {
            outer.emitIdle(isIdle);
        }

        @Override
        public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
            if (failureOutput >= 0) {
                failures.add(1);
                emit(failureOutput, timeMs, new Failure<>(stage, event, key, reason, cause, 1));
                return;
            }
            if (current != null) {
                current.note(stage, reason);
            }
            outer.fail(timeMs, event, key, reason, cause);
        }

        @Override
        public void failOther(Object event, Object key, String reason, Throwable cause) {
            outer.failOther(event, key, reason, cause);
        }
    }
}
