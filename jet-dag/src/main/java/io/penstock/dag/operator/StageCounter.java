package io.penstock.dag.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count that one thread at a time increases, at the price of a plain field, and others read. */
public final class StageCounter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(StageCounter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** To be called by the owning instance only. */
    public void add(long count) {
        VALUE.setOpaque(this, value + count);
    }

    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
