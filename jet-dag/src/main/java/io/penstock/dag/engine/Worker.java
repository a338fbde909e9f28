package io.penstock.dag.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A thread that steps tasklets in turn. When none of them has anything to do it idles: spins, yields, and parks for
 * up to 1 ms; when it has none, it parks until it gets one.
 */
final class Worker implements Runnable {

    private static final int SPINS = 50;
    private static final int YIELDS = 100;
    private static final long PARK_MIN_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread thread;
    private final boolean isDedicated;
    private final ConcurrentLinkedQueue<Tasklet> added = new ConcurrentLinkedQueue<>();
    private final List<Tasklet> tasklets = new ArrayList<>();
    private volatile boolean closing;

    /** @param isDedicated whether the thread ends with its tasklet */
    Worker(String threadName, boolean isDedicated) {
        this.isDedicated = isDedicated;
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** By any thread. */
    void add(Tasklet tasklet) {
        added.add(tasklet);
        LockSupport.unpark(thread);
    }

    /** Lets the thread look for work at once. By any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Ends the thread as soon as it has no tasklets. */
    void closeWhenIdle() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Breaks a call of a non-cooperative operator that blocks. */
    void interrupt() {
        thread.interrupt();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        IdleStrategy idle = new BackoffIdleStrategy(SPINS, YIELDS, PARK_MIN_NS, PARK_MAX_NS);
        while (true) {
            for (Tasklet tasklet = added.poll(); tasklet != null; tasklet = added.poll()) {
                tasklets.add(tasklet);
            }
            if (tasklets.isEmpty()) {
                if (closing && added.isEmpty()) {
                    return;
                }
                LockSupport.park(this);
                continue;
            }
            boolean worked = false;
            for (Tasklet tasklet : tasklets) {
                worked |= tasklet.step();
            }
            tasklets.removeIf(Tasklet::isDone);
            if (isDedicated && tasklets.isEmpty()) {
                return;
            }
            idle.idle(worked ? 1 : 0);
        }
    }
}
