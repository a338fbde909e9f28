package io.penstock.dag.host;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.StageCounter;
import java.util.List;

/**
 * The outputs of a node: a batch for each, and those who read it. Each method that hands something on answers false when
 * a reader refuses, and goes on there when it is called again.
 */
final class FanOut {

    private final Batch[] batches;
    private final Receiver[][] receivers;
    private final Receiver[] allReceivers;
    private final StageCounter mainRows;
    private boolean full;
    private int outputIndex;
    private int receiverIndex;
    private int signalIndex;

    /**
     * @param receivers by output ordinal: those who read that output
     * @param mainRows counts the rows that the readers of the main output have taken
     */
    FanOut(List<List<Receiver>> receivers, StageCounter mainRows) {
        this.receivers = receivers.stream().map(list -> list.toArray(Receiver[]::new)).toArray(Receiver[][]::new);
        this.mainRows = mainRows;
        allReceivers = receivers.stream().flatMap(List::stream).toArray(Receiver[]::new);
        batches = new Batch[receivers.size()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new Batch();
        }
    }

    Batch batch(int output) {
        return batches[output];
    }

    void add(int output, long timeMs, Object event) {
        Batch batch = batches[output];
        if (batch.isFull()) {
            throw new IllegalStateException("emitted more rows in one call than its batch had; use emitFrom(...)");
        }
        batch.add(timeMs, event);
        full |= batch.isFull();
    }

    /** Whether {@link #add} has filled a batch. */
    boolean isFull() {
        return full;
    }

    /** Whether a batch is full, whoever has filled it. */
    boolean isAnyFull() {
        for (Batch batch : batches) {
            if (batch.isFull()) {
                return true;
            }
        }
        return false;
    }

    /** The rows that wait to be delivered. */
    int size() {
        int size = 0;
        for (Batch batch : batches) {
            size += batch.size();
        }
        return size;
    }

    boolean deliver() {
        for (; outputIndex < batches.length; outputIndex++) {
            Batch batch = batches[outputIndex];
            if (batch.isEmpty()) {
                continue;
            }
            for (; receiverIndex < receivers[outputIndex].length; receiverIndex++) {
                if (!receivers[outputIndex][receiverIndex].accept(batch)) {
                    return false;
                }
            }
            receiverIndex = 0;
            mainRows.add(outputIndex == 0 ? batch.size() : 0);
            batch.clear();
        }
        outputIndex = 0;
        full = false;
        return true;
    }

    boolean sendWatermark(long watermarkMs) {
        for (; signalIndex < allReceivers.length; signalIndex++) {
            if (!allReceivers[signalIndex].acceptWatermark(watermarkMs)) {
                return false;
            }
        }
        signalIndex = 0;
        return true;
    }

    boolean sendIdle(boolean isIdle) {
        for (; signalIndex < allReceivers.length; signalIndex++) {
            if (!allReceivers[signalIndex].acceptIdle(isIdle)) {
                return false;
            }
        }
        signalIndex = 0;
        return true;
    }

    boolean sendEnd() {
        for (; signalIndex < allReceivers.length; signalIndex++) {
            if (!allReceivers[signalIndex].acceptEnd()) {
                return false;
            }
        }
        signalIndex = 0;
        return true;
    }

    boolean flushCollected() {
        boolean all = true;
        for (Receiver receiver : allReceivers) {
            all &= receiver.flushCollected();
        }
        return all;
    }
}
