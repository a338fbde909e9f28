package io.penstock.dag.engine;

import io.penstock.dag.host.CallProbe;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.host.StageContext;
import io.penstock.dag.operator.StageException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One instance of a vertex, stepped by a worker. */
abstract sealed class Tasklet permits SourceTasklet, OperatorTasklet {

    /** How many batches or signals a step may take before other tasklets have their turn. */
    static final int ITEMS_PER_STEP = 8;

    /** After this time a step takes no further item. */
    static final long STEP_NS_MAX = TimeUnit.MICROSECONDS.toNanos(500);

    final OperatorTree tree;
    final Execution execution;
    final int instance;
    final int instanceCount;
    private final List<ExchangeWriter> writers;
    private CallProbe probe = new CallProbe();
    private volatile Worker worker;
    private volatile boolean woken;
    private int barrierIndex;
    private boolean done;

    private long beganNs;
    private long nowNs;
    private long tickNs;
    private long lastTickNs;
    private boolean tickIsDue;
    private boolean ticking;

    Tasklet(Execution execution, OperatorTree tree, List<ExchangeWriter> writers) {
        this.execution = execution;
        this.tree = tree;
        this.writers = writers;
        instance = tree.contexts().get(0).instance();
        instanceCount = tree.contexts().get(0).instanceCount();
        observe(probe);
        tree.contexts().forEach(context -> context.onWakeUp(this::wake));
    }

    /** Opens the operators. */
    final void open() {
        tree.open();
        tickNs = TimeUnit.MILLISECONDS.toNanos(tree.tickMs());
        tickIsDue = tickNs > 0; // the first tick tells operators what time it is
    }

    /** Says who will step the tasklet from now on. Before any tasklet of the job is stepped. */
    void runOn(Worker stepping) {
        observe(stepping.probe());
        writers.forEach(writer -> writer.sentBy(stepping.parking()));
        worker = stepping;
    }

    private void observe(CallProbe observing) {
        probe = observing;
        tree.contexts().forEach(context -> context.observe(observing));
    }

    /** Lets the source be asked, and the worker step at once. By any thread. */
    final void wake() {
        woken = true;
        wakeWorker();
    }

    /** Lets the worker step at once if it is parked. By any thread. */
    final void wakeWorker() {
        Worker stepping = worker;
        if (stepping != null) {
            stepping.wake();
        }
    }

    /** Whether {@link #wake} was called since this was asked. */
    final boolean takeWoken() {
        if (woken) {
            woken = false;
            return true;
        }
        return false;
    }

    /** Does some work; true if there was any. After the end, after a failure and when the job is cancelled, closes. */
    final boolean step() {
        try {
            if (execution.isStopping()) {
                Thread.interrupted(); // it has done its work: what closes the operators may block
                close(null);
                return true;
            }
            beganNs = execution.clock().nanoTime();
            nowNs = beganNs;
            long before = tree.work();
            boolean worked = (!ticking || tick()) && work();
            if (isFinished()) {
                probe.exit();
                execution.finished(this);
                close(null);
            } else if (isBetweenCalls() && isTickDue()) {
                tick();
            }
            return worked || tree.work() != before;
        } catch (Throwable e) {
            close(named(e));
            return true;
        } finally {
            probe.exit();
        }
    }

    /** Names the stage for what is thrown beside the exceptions of functions, such as an error. */
    private Throwable named(Throwable failure) {
        StageContext at = probe.stage();
        return failure instanceof StageException || at == null
                ? failure
                : new StageException(at.stage(), failure.toString(), failure);
    }

    /** Works for at most about 1 ms; true if something was taken or emitted. */
    abstract boolean work();

    /** Whether all that was begun is finished, so that something else may begin. */
    abstract boolean isBetweenCalls();

    /** Whether all work is done. */
    abstract boolean isFinished();

    /** After a step without work: for how long no further one is needed unless someone wakes the worker, in ns. */
    long restNs(long atNs) {
        return tickNs == 0 || ticking || !isBetweenCalls()
                ? Long.MAX_VALUE
                : Math.max(0, lastTickNs + tickNs - atNs);
    }

    /** Between two items: whether the step has taken its time, or the time has come for something else. */
    final boolean isTimeUp() {
        nowNs = execution.clock().nanoTime();
        return nowNs - beganNs >= STEP_NS_MAX || isTickDue();
    }

    /** The time, as it was at the last look in this step. */
    final long nowNs() {
        return nowNs;
    }

    private boolean isTickDue() {
        return tickIsDue || tickNs > 0 && nowNs - lastTickNs >= tickNs;
    }

    /** Lets the next step tell the operators what time it is, whenever it was that they were told last. */
    final void makeTickDue() {
        tickIsDue = tickNs > 0;
    }

    private boolean tick() {
        ticking = !tree.tick(TimeUnit.NANOSECONDS.toMillis(nowNs));
        if (!ticking) {
            lastTickNs = nowNs;
            tickIsDue = false;
        }
        return !ticking;
    }

    /** The root stage's name and the instance, as they stand in thread names. */
    final String name() {
        return tree.contexts().get(0).stage() + "-" + instance;
    }

    final boolean isDone() {
        return done;
    }

    /** Saves the tree's state, and then passes the barrier on; to be called until it answers true. */
    final boolean passBarrier(Signal.Barrier barrier, boolean isFirstCall) {
        if (isFirstCall) {
            probe.exit();
            execution.save(this, barrier);
        }
        for (; barrierIndex < writers.size(); barrierIndex++) {
            if (!writers.get(barrierIndex).acceptSignal(barrier)) {
                return false;
            }
        }
        barrierIndex = 0;
        return true;
    }

    /** Closes the operators, once. */
    final void close(Throwable failure) {
        if (done) {
            return;
        }
        done = true;
        Throwable first = failure;
        try {
            tree.close();
        } catch (Throwable e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
        execution.closed(this, first);
    }
}
