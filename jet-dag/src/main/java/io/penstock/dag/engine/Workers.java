package io.penstock.dag.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of an engine: workers that all its jobs share, a watchdog over them, and a worker of its own for each
 * tasklet that may block. Started with the first job.
 *
 * <p>Thread-safe.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final String namePrefix;
    private final int count;
    private final List<Worker> shared = new ArrayList<>();
    private Watchdog watchdog;
    private int next;

    /** @param namePrefix what the names of the threads begin with */
    Workers(String namePrefix, int count) {
        this.namePrefix = namePrefix;
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Lets the threads step an execution until it is closed. */
    synchronized void run(String job, Execution execution) {
        if (shared.isEmpty()) {
            start();
        }
        List<Tasklet> tasklets = execution.tasklets();
        List<Worker> chosen = new ArrayList<>();
        for (Tasklet tasklet : tasklets) {
            Worker worker;
            if (tasklet.tree.isCooperative()) {
                worker = shared.get(next);
                next = (next + 1) % count;
            } else {
                String threadName = namePrefix + job + "-" + tasklet.name();
                worker = new Worker(threadName, true, SystemNanoClock.INSTANCE, () -> {});
                execution.addDedicated(worker);
            }
            chosen.add(worker);
            tasklet.runOn(worker);
        }
        for (int i = 0; i < chosen.size(); i++) { // not before all know whom to wake
            chosen.get(i).add(tasklets.get(i));
        }
        execution.startDedicated();
    }

    private void start() {
        for (int i = 0; i < count; i++) {
            shared.add(new Worker(
                    namePrefix + "worker-" + i, false, SystemNanoClock.INSTANCE, () -> watchdog.wake()));
        }
        watchdog = new Watchdog(namePrefix + "watchdog", shared, SystemNanoClock.INSTANCE, LOG::warn);
        shared.forEach(Worker::start);
        watchdog.start();
    }

    /** Ends the threads as soon as they have nothing to step; nothing is to be run from then on. */
    synchronized void closeWhenIdle() {
        shared.forEach(Worker::closeWhenIdle);
    }

    /** Waits for the end of all threads but this one; false if this one was interrupted. */
    boolean join() {
        Watchdog over;
        synchronized (this) {
            over = watchdog;
        }
        boolean joined = true;
        for (Worker worker : shared) {
            joined &= joined(worker.thread());
        }
        if (over != null) {
            over.close();
            joined &= joined(over.thread());
        }
        return joined;
    }

    private static boolean joined(Thread thread) {
        if (thread == Thread.currentThread()) {
            return true;
        }
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
