package io.penstock.dag.host;

import io.penstock.dag.Failure;
import io.penstock.dag.compile.LoopNode;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.plan.StageNode;
import java.util.Iterator;
import java.util.List;

/**
 * An operator in its tree. Collects what the operator emits and hands it on, down to the ends of the tree. When one
 * of these refuses, the call returns false, and the next one goes on where this one stopped; so the operator itself
 * never has to stop in the middle of anything.
 */
final class OperatorNode implements LoopNode, Receiver {

    /** How many steps an emitter may make before the other tasklets of the thread have their turn. */
    private static final int EMITTER_STEPS_MAX = 1024;

    private final Operator operator;
    private final StageContext context;
    private final FailurePolicy onFailure;
    private final int failureOutput;
    private final StageCounter eventsIn;
    private final StageCounter eventsOut;
    private final StageCounter failures;

    private final FanOut outputs;

    private boolean begun;
    private Emitter emitter;
    private long ownWatermarkMs;
    private boolean ownWatermarkDue;
    private boolean ownIdle;
    private boolean ownIdleDue;
    /** Whether either is due. */
    private boolean ownSignalDue;
    private long work;
    /** How many rows the stage had taken in the snapshot that it goes on from. */
    private long eventsInRestored;

    /** @param receivers by output ordinal: those who read that output */
    OperatorNode(Operator operator, StageContext context, List<List<Receiver>> receivers) {
        this.operator = operator;
        this.context = context;
        onFailure = context.node().spec().onFailure();
        failureOutput = onFailure instanceof FailurePolicy.ToSideOutput side ? context.output(side.tag()) : -1;
        StageNode.Part part = context.node().part();
        eventsIn = context.counter(part == StageNode.Part.SECOND ? "received" : "in");
        eventsOut = context.counter(part == StageNode.Part.FIRST ? "sent" : "out");
        failures = context.counter("failures");
        outputs = new FanOut(receivers, eventsOut);
    }

    StageContext context() {
        return context;
    }

    @Override
    public Operator operator() {
        return operator;
    }

    @Override
    public Batch out() {
        return outputs.batch(0);
    }

    @Override
    public boolean isFull() {
        return outputs.isAnyFull();
    }

    @Override
    public long eventsIn() {
        return eventsIn.get() - eventsInRestored;
    }

    @Override
    public void countIn(long rows) {
        eventsIn.add(rows);
    }

    @Override
    public void countOut(long rows) {
        eventsOut.add(rows);
    }

    /** Grows with everything that is done, so that a host sees whether a call that answered false did something. */
    long work() {
        return work;
    }

    @Override
    public boolean accept(Batch batch) {
        return accept(0, batch);
    }

    boolean accept(int input, Batch batch) {
        if (!begun) {
            begun = true;
            work++;
            eventsIn.add(batch.size());
            context.enter();
            try {
                operator.process(input, batch, this);
            } catch (Exception e) {
                throw failed(e);
            }
        }
        return finishCall();
    }

    @Override
    public boolean acceptWatermark(long watermarkMs) {
        if (!begun) {
            if (watermarkMs <= context.watermarkMs()) {
                return true; // after a restart, from an instance that was behind
            }
            begun = true;
            work++;
            context.watermark(watermarkMs);
            context.enter();
            try {
                operator.onWatermark(watermarkMs, this);
            } catch (Exception e) {
                throw failed(e);
            }
        }
        if (!flush() || operator.forwardsWatermarks() && !outputs.sendWatermark(watermarkMs)) {
            return false;
        }
        begun = false;
        return true;
    }

    @Override
    public boolean acceptIdle(boolean isIdle) {
        if (!begun) {
            begun = true;
            context.enter();
            try {
                if (isIdle) {
                    operator.onIdle(this);
                }
            } catch (Exception e) {
                throw failed(e);
            }
        }
        if (!flush() || !outputs.sendIdle(isIdle)) {
            return false;
        }
        begun = false;
        return true;
    }

    /** Tells the operator how late it is. */
    boolean tick(long nowMs) {
        if (!begun) {
            begun = true;
            context.enter();
            try {
                operator.onTick(nowMs, this);
            } catch (Exception e) {
                throw failed(e);
            }
        }
        return finishCall();
    }

    @Override
    public boolean acceptEnd() {
        if (!begun) {
            begun = true;
            work++;
            context.enter();
            try {
                operator.onEnd(this);
            } catch (Exception e) {
                throw failed(e);
            }
        }
        if (!flush() || !outputs.sendEnd()) {
            return false;
        }
        begun = false;
        return true;
    }

    @Override
    public boolean flushCollected() {
        return outputs.flushCollected();
    }

    /** Lets a source emit. To be called when the call before has been finished. */
    boolean fill() {
        context.enter();
        try {
            boolean more = ((SourceOperator) operator).fill(this);
            work += outputs.size();
            begun = true;
            return more;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    long sourceRestNs() {
        return ((SourceOperator) operator).restNs();
    }

    /** Goes on with what {@link #fill} or {@link #accept} began; true when nothing is left of it. */
    boolean finishCall() {
        if (!flush()) {
            return false;
        }
        begun = false;
        return true;
    }

    /** The host's own entries, and then those of the operator. */
    Iterator<StateEntry> snapshot() {
        Iterator<StateEntry> own = List.of(
                new StateEntry(HostKey.WATERMARK, context.watermarkMs()),
                new StateEntry(HostKey.COUNTERS, SavedCounters.of(context))).iterator();
        Iterator<StateEntry> operators = operator.snapshot();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return own.hasNext() || operators.hasNext();
            }

            @Override
            public StateEntry next() {
                return own.hasNext() ? own.next() : operators.next();
            }
        };
    }

    void restore(StateEntry entry) {
        if (entry.key() == HostKey.WATERMARK) {
            context.restoreWatermark((long) entry.value());
            return;
        }
        if (entry.value() instanceof SavedCounters counters) {
            counters.restore(context);
            eventsInRestored = eventsIn.get();
            return;
        }
        try {
            operator.restore(entry.key(), entry.value());
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void emit(int output, long timeMs, Object event) {
        outputs.add(output, timeMs, event);
    }

    @Override
    public void emitFrom(Emitter rows) {
        if (emitter != null) {
            throw new IllegalStateException("called emitFrom(...) twice in one call");
        }
        emitter = rows;
    }

    @Override
    public void emitWatermark(long watermarkMs) {
        ownWatermarkMs = watermarkMs;
        ownWatermarkDue = true;
        ownSignalDue = true;
        work++;
    }

    @Override
    public void emitIdle(boolean isIdle) {
        ownIdle = isIdle;
        ownIdleDue = true;
        ownSignalDue = true;
        work++;
    }

    @Override
    public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
        if (failureOutput >= 0) {
            failures.add(1);
            emit(failureOutput, timeMs, new Failure<>(context.stage(), event, key, reason, cause, 1));
        } else {
            failOther(event, key, reason, cause);
        }
    }

    @Override
    public void failOther(Object event, Object key, String reason, Throwable cause) {
        failures.add(1);
        if (!(onFailure instanceof FailurePolicy.Skip)) {
            throw new StageException(context.stage(), Failure.describe(event, key) + ": " + reason, cause);
        }
    }

    /** Delivers what lies in the batches, and what the operator has announced. */
    boolean flush() {
        int stepsLeft = EMITTER_STEPS_MAX;
        while (true) {
            if (!outputs.deliver()) {
                return false;
            }
            if (emitter == null) {
                break;
            }
            if (stepsLeft <= 0) {
                return false;
            }
            stepsLeft -= pull(stepsLeft);
        }
        return !ownSignalDue || sendOwnSignals();
    }

    private boolean sendOwnSignals() {
        if (ownIdleDue && !outputs.sendIdle(ownIdle)) {
            return false;
        }
        ownIdleDue = false;
        if (ownWatermarkDue && !outputs.sendWatermark(ownWatermarkMs)) {
            return false;
        }
        ownWatermarkDue = false;
        ownSignalDue = false;
        return true;
    }

    private int pull(int stepsMax) {
        int steps = 0;
        context.enter();
        try {
            while (!outputs.isFull() && steps < stepsMax) {
                steps++;
                if (!emitter.emitNext(this)) {
                    emitter = null;
                    break;
                }
            }
        } catch (Exception e) {
            throw failed(e);
        }
        work += steps;
        return steps;
    }

    RuntimeException failed(Exception e) {
        return e instanceof StageException stage
                ? stage
                : new StageException(context.stage(), e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
}
