package io.penstock.infer;

import io.penstock.dag.operator.Batch;

/** A stage instance of a running job that scores with the model of a slot, from its opening to its closing. */
final class Attachment {

    private final ModelSlot slot;
    /** Written by the stage's worker, read by who deploys. */
    private volatile long watermarkMs = Batch.NO_TIME;

    Attachment(ModelSlot slot) {
        this.slot = slot;
    }

    /** The versions as they are now, to be released after use; never null. */
    Schedule acquire() {
        return slot.acquire();
    }

    /** No row with a time before this will come. */
    void passed(long watermarkMs) {
        this.watermarkMs = watermarkMs;
    }

    long watermarkMs() {
        return watermarkMs;
    }

    void detach() {
        slot.detach(this);
    }
}
