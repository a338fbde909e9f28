package io.penstock.dag.engine;

import io.penstock.dag.host.CallProbe;
import io.penstock.dag.host.StageContext;
import io.penstock.dag.operator.StageCounter;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * Watches the workers, and names the stage whose operator does not come back: counts it as {@code held}, and warns
 * while the call still lasts. All it reads is each worker's {@link CallProbe}; a call that is the same at two looks
 * has lasted at least as long as the time between them.
 *
 * <p>Its thread looks every 5 ms while a worker is awake, and is otherwise parked but for a look now and then.
 */
final class Watchdog implements Runnable {

    /** A worker's thread must not be held for longer. */
    static final long HELD_NS_MAX = TimeUnit.MILLISECONDS.toNanos(10);

    /** No stage's instance is named in the log more often. */
    static final long WARN_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long DORMANT_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A call that lasts is reported after 10 ms, 100 ms, 1 s, ... */
    private static final int REPORT_FACTOR = 10;

    private static final class Watched {
        private final Worker worker;
        private StageContext stage;
        private long calls;
        private long sinceNs;
        private long reportAfterNs;

        private Watched(Worker worker) {
            this.worker = worker;
        }
    }

    private final NanoClock clock;
    private final Consumer<String> warn;
    private final List<Watched> watched;
    private final Map<StageContext, Long> warnedNs = new WeakHashMap<>();
    private final Thread thread;
    private volatile boolean dormant;
    private volatile boolean closed;

    /** @param warn takes a line for the log */
    Watchdog(String threadName, List<Worker> workers, NanoClock clock, Consumer<String> warn) {
        this.clock = clock;
        this.warn = warn;
        watched = workers.stream().map(Watched::new).toList();
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    /** The counter of the calls of a stage's instance that took too long; increased by the watchdog only. */
    static StageCounter held(StageContext context) {
        return context.counter("held");
    }

    void start() {
        thread.start();
    }

    /** By a worker that begins to work after a rest. */
    void wake() {
        if (dormant) {
            dormant = false;
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        while (!closed) {
            check();
            dormant = areAllResting();
            VarHandle.fullFence();
            if (dormant && areAllResting()) {
                LockSupport.parkNanos(this, DORMANT_PERIOD_NS);
            } else {
                LockSupport.parkNanos(this, PERIOD_NS);
            }
            dormant = false;
        }
    }

    private boolean areAllResting() {
        return watched.stream().allMatch(each -> each.worker.isResting() && each.worker.probe().stage() == null);
    }

    /** Looks once at all workers. */
    void check() {
        long nowNs = clock.nanoTime();
        for (Watched each : watched) {
            CallProbe probe = each.worker.probe();
            StageContext stage = probe.stage();
            long calls = probe.calls();
            if (stage == null || stage != each.stage || calls != each.calls) {
                each.stage = stage;
                each.calls = calls;
                each.sinceNs = nowNs;
                each.reportAfterNs = HELD_NS_MAX;
            } else if (nowNs - each.sinceNs >= each.reportAfterNs) {
                report(each, nowNs);
            }
        }
    }

    private void report(Watched each, long nowNs) {
        boolean isFirst = each.reportAfterNs == HELD_NS_MAX;
        each.reportAfterNs *= REPORT_FACTOR;
        StackTraceElement[] stack = each.worker.thread().getStackTrace();
        StageContext stage = each.stage.at(stack);
        Long lastNs = warnedNs.get(stage);
        if (isFirst) {
            held(stage).add(1);
        }
        if (isFirst && lastNs != null && nowNs - lastNs < WARN_INTERVAL_NS) {
            return;
        }
        warnedNs.put(stage, nowNs);
        warn.accept("job '" + stage.job() + "': stage '" + stage.stage() + "', instance "
                + stage.instance() + ", has held thread " + each.worker.thread().getName() + " for "
                + TimeUnit.NANOSECONDS.toMillis(nowNs - each.sinceNs) + " ms" + at(stack)
                + "; all else on this thread waits. Let the function do less in one call, or put what blocks into a"
                + " source or step with a thread of its own");
    }

    /** The innermost line on a thread's stack that is not the JDK's. */
    private static String at(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
                return ", at " + name + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")";
            }
        }
        return "";
    }
}
