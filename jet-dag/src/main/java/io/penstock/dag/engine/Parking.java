package io.penstock.dag.engine;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a thread parks until another one wakes it.
 *
 * <p><b>No lost wake-up.</b> Before it parks, the thread announces it, and then, behind a full fence, looks for work once
 * more; who has something for it publishes that, and then, behind a full fence, reads the announcement. So at least one
 * of them sees the other.
 *
 * <p>The announcement is read with every batch that goes from one thread to another, and lies in a cache line of its
 * own: beside what the thread writes all the time, each of those reads would miss the cache.
 */
final class Parking {

    private static final int FLAG = 32;

    private final Thread thread;
    private final AtomicIntegerArray announced = new AtomicIntegerArray(2 * FLAG);

    Parking(Thread thread) {
        this.thread = thread;
    }

    /** By the thread: it is about to park, unless it finds something now. */
    void announce() {
        announced.set(FLAG, 1);
        VarHandle.fullFence();
    }

    /** By the thread: it works; true if someone has woken it since {@link #announce}. */
    boolean withdraw() {
        boolean woken = announced.get(FLAG) == 0;
        if (!woken) {
            announced.set(FLAG, 0);
        }
        return woken;
    }

    /** Wakes the thread if it parks or is about to. By any thread, behind what there is to find. */
    void wake() {
        VarHandle.fullFence();
        if (announced.get(FLAG) != 0) {
            announced.set(FLAG, 0); // others need not wake it as well: the permit comes after this
            LockSupport.unpark(thread);
        }
    }
}
