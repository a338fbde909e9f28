package io.penstock.dag.cluster;

import io.penstock.dag.host.Receiver;
import io.penstock.dag.operator.Batch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of an operator tree: scatters rows over the instances of the vertex that reads them, into one batch per
 * instance, which is sent when it is full, before a signal, or when there is nothing else to do.
 *
 * <p>A source tells time with each batch, of which only a part goes to each instance. So a watermark is held back for
 * up to 1 ms while rows that are not older than it fill the batches; rows that come too late by it go behind it, as
 * they came.
 */
final class EdgeWriter implements Receiver {

    /** For so long may a watermark wait for more rows. */
    static final long HOLD_NS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private final Outlet outlet;
    private final int ordinal;
    private final int sender;
    /** By target: a partition whose rows Jet sends there. */
    private final int[] partitions;
    private final RowTargets targets;
    private final Consumer<Object> trial;
    /** Of the event that was tried last. */
    private Class<?> triedType;
    private final Batch[] collected;
    private int row;

    private boolean isHolding;
    private long heldMs;
    private long heldSinceNs;
    /** What is being sent, or null. */
    private TimeSignal.Kind signal;
    private long signalMs;
    private int signalTarget;
    private boolean ending;

    /**
     * @param ordinal of the edge
     * @param sender the number of the instance that sends
     * @param partitions by target: a partition whose rows Jet sends there
     * @param targets which of them a row goes to; null if there is one
     * @param trial called with events, of which each class is seen; they may have to travel
     */
    EdgeWriter(Outlet outlet, int ordinal, int sender, int[] partitions, RowTargets targets, Consumer<Object> trial) {
        this.outlet = outlet;
        this.ordinal = ordinal;
        this.sender = sender;
        this.partitions = partitions;
        this.targets = targets;
        this.trial = trial;
        collected = new Batch[partitions.length];
    }

    @Override
    public boolean accept(Batch batch) {
        for (; row < batch.size(); row++) {
            long timeMs = batch.timeMs(row);
            if (isHolding && timeMs < heldMs && !sendHeld()) {
                return false;
            }
            Object event = batch.event(row);
            if (event.getClass() != triedType) {
                trial.accept(event);
                triedType = event.getClass();
            }
            int target = targets == null ? 0 : targets.of(event);
            if (collected[target] == null) {
                collected[target] = new Batch();
            } else if (collected[target].isFull() && !send(target)) {
                return false;
            }
            collected[target].add(timeMs, event);
        }
        row = 0;
        return true;
    }

    private boolean send(int target) {
        if (!outlet.offer(ordinal, new Rows(partitions[target], sender, collected[target]))) {
            return false;
        }
        collected[target] = new Batch(); // the other one is the receiver's now
        return true;
    }

    private boolean sendCollected(int target) {
        return collected[target] == null || collected[target].isEmpty() || send(target);
    }

    @Override
    public boolean acceptWatermark(long watermarkMs) {
        if (watermarkMs == Long.MAX_VALUE) {
            return true; // the end, which follows, says the same
        }
        if (!finishSignal()) {
            return false;
        }
        long nowNs = System.nanoTime();
        if (!isHolding) {
            isHolding = true;
            heldSinceNs = nowNs;
        }
        heldMs = watermarkMs;
        sendDue(nowNs);
        return true;
    }

    @Override
    public boolean acceptIdle(boolean isIdle) {
        if (!sendHeld()) {
            return false;
        }
        begin(isIdle ? TimeSignal.Kind.IDLE : TimeSignal.Kind.ACTIVE, 0);
        finishSignal();
        return true;
    }

    @Override
    public boolean acceptEnd() {
        if (!ending) {
            if (!sendHeld()) {
                return false;
            }
            ending = true;
            begin(TimeSignal.Kind.END, 0);
        }
        return finishSignal();
    }

    /** Sends what was begun, and what has been held back for long enough. To be called each time Jet calls. */
    void sendDue(long nowNs) {
        if (finishSignal() && isHolding && nowNs - heldSinceNs >= HOLD_NS_MAX) {
            sendHeld();
        }
    }

    private boolean sendHeld() {
        if (!finishSignal()) {
            return false;
        }
        if (isHolding) {
            isHolding = false;
            begin(TimeSignal.Kind.WATERMARK, heldMs);
        }
        return finishSignal();
    }

    private void begin(TimeSignal.Kind kind, long watermarkMs) {
        signal = kind;
        signalMs = watermarkMs;
        signalTarget = 0;
    }

    /** Sends the signal to all who have not got it yet, behind the rows that came before it. */
    private boolean finishSignal() {
        if (signal == null) {
            return true;
        }
        for (; signalTarget < collected.length; signalTarget++) {
            if (!sendCollected(signalTarget) || !outlet.offer(
                    ordinal, new TimeSignal(partitions[signalTarget], sender, signal, signalMs))) {
                return false;
            }
        }
        signal = null;
        return true;
    }

    /** True when all has left the outlet. */
    @Override
    public boolean flushCollected() {
        if (!sendHeld()) {
            return false;
        }
        for (int target = 0; target < collected.length; target++) {
            if (!sendCollected(target)) {
                return false;
            }
        }
        return outlet.drain();
    }
}
