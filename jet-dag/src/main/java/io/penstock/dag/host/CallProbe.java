package io.penstock.dag.host;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where a thread is: in the call of which stage. Written by that thread, once per call of an operator and not per row,
 * at the price of two plain stores; read by whoever watches it.
 *
 * <p>Each value lies in the middle of an array, so that no other thread's data shares its cache line.
 */
public final class CallProbe {

    private static final int STAGE = 32;
    private static final int CALLS = 16;

    private final AtomicReferenceArray<StageContext> stage = new AtomicReferenceArray<>(2 * STAGE);
    private final AtomicLongArray calls = new AtomicLongArray(2 * CALLS);

    /** By the owning thread: from here on it works for that stage. */
    public void enter(StageContext entered) {
        stage.setOpaque(STAGE, entered);
        calls.setOpaque(CALLS, calls.getPlain(CALLS) + 1);
    }

    /** By the owning thread: it works for no stage any more. */
    public void exit() {
        enter(null);
    }

    /** The stage that the thread works for, or null. */
    public StageContext stage() {
        return stage.getOpaque(STAGE);
    }

    /** Another number for each call. */
    public long calls() {
        return calls.getOpaque(CALLS);
    }
}
