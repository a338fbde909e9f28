package io.penstock.dag.engine;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.host.Receiver;
import io.penstock.dag.operator.Batch;

/**
 * The end of an operator tree: scatters rows over the instances of the vertex that reads them, into one batch per
 * instance, which is sent when it is full, before a signal, or when its tasklet has nothing else to do.
 */
final class ExchangeWriter implements Receiver {

    private final BatchQueue[] queues;
    private final FunctionEx<Object, ?> keyFn;
    private final Batch[] collected;
    private int signalIndex;

    /**
     * @param queues one per instance of the reading vertex
     * @param keyFn null if there is one queue, to which all rows go
     */
    ExchangeWriter(BatchQueue[] queues, FunctionEx<Object, ?> keyFn) {
        this.queues = queues;
        this.keyFn = keyFn;
        collected = new Batch[queues.length];
        for (int i = 0; i < queues.length; i++) {
            collected[i] = new Batch();
        }
    }

    /** Says who is to be woken when a full queue has room. */
    void sentBy(Parking worker) {
        for (BatchQueue queue : queues) {
            queue.sentBy(worker);
        }
    }

    /** The instance that owns a key. Keys of one value go to one instance on every run with as many instances. */
    static int ownerOf(Object key, int instanceCount) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (int) (((hash & 0xFFFFFFFFL) * instanceCount) >>> 32);
    }

    @Override
    public boolean accept(Batch batch) {
        // A queue with one free place takes what overflows: a batch adds at most one full batch to each target.
        for (BatchQueue queue : queues) {
            if (!queue.hasRoom()) {
                return false;
            }
        }
        for (int row = 0; row < batch.size(); row++) {
            add(keyFn == null ? 0 : targetOf(batch.event(row)), batch, row);
        }
        return true;
    }

    /** A row without a key goes to instance 0, whose operator finds the same and gives it up as its stage says. */
    private int targetOf(Object event) {
        try {
            Object key = keyFn.applyEx(event);
            return key == null ? 0 : ownerOf(key, queues.length);
        } catch (Exception e) {
            return 0;
        }
    }

    private void add(int target, Batch batch, int row) {
        Batch open = collected[target];
        open.add(batch.timeMs(row), batch.event(row));
        if (open.isFull()) {
            send(target);
        }
    }

    private boolean send(int target) {
        if (!queues[target].offer(collected[target])) {
            return false;
        }
        collected[target] = queues[target].emptyBatch();
        return true;
    }

    @Override
    public boolean acceptWatermark(long watermarkMs) {
        return acceptSignal(new Signal.Watermark(watermarkMs));
    }

    @Override
    public boolean acceptIdle(boolean isIdle) {
        return acceptSignal(new Signal.Idle(isIdle));
    }

    @Override
    public boolean acceptEnd() {
        return acceptSignal(Signal.END);
    }

    boolean acceptSignal(Signal signal) {
        for (; signalIndex < queues.length; signalIndex++) {
            if (!collected[signalIndex].isEmpty() && !send(signalIndex)) {
                return false;
            }
            if (!queues[signalIndex].offer(signal)) {
                return false;
            }
        }
        signalIndex = 0;
        return true;
    }

    @Override
    public boolean flushCollected() {
        boolean all = true;
        for (int target = 0; target < queues.length; target++) {
            if (!collected[target].isEmpty()) {
                all &= send(target);
            }
        }
        return all;
    }
}
