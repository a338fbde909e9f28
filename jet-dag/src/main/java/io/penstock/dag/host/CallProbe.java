package io.penstock.dag.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where a thread is: in the call of which stage. Written by that thread, once per call of an operator and not per row,
 * at the price of two plain fields; read by whoever watches it.
 */
public final class CallProbe {

    private static final VarHandle STAGE;
    private static final VarHandle CALLS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STAGE = lookup.findVarHandle(CallProbe.class, "stage", StageContext.class);
            CALLS = lookup.findVarHandle(CallProbe.class, "calls", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private StageContext stage;
    private long calls;

    /** By the owning thread: from here on it works for that stage. */
    public void enter(StageContext entered) {
        STAGE.setOpaque(this, entered);
        CALLS.setOpaque(this, calls + 1);
    }

    /** By the owning thread: it works for no stage any more. */
    public void exit() {
        enter(null);
    }

    /** The stage that the thread works for, or null. */
    public StageContext stage() {
        return (StageContext) STAGE.getOpaque(this);
    }

    /** Another number for each call. */
    public long calls() {
        return (long) CALLS.getOpaque(this);
    }
}
