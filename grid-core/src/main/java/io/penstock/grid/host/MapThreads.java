package io.penstock.grid.host;

import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a grid's maps, each started when it is first needed: some for asynchronous calls, and one that removes
 * what has expired and tells listeners of changes, while there is something that may expire, or a listener.
 */
public final class MapThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MapThreads.class);
    private static final long EXPIRY_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String gridName;
    private final int asyncCallsMax;
    private final int asyncThreadsMax;
    private final AtomicInteger threadNumbers = new AtomicInteger();
    /** Made on first use, under this monitor. */
    private volatile ThreadPoolExecutor async;
    /** Made on first use, under this monitor. */
    private volatile Thread follower;
    /** Held weakly, so that a grid that nobody closed and nobody has any more takes its thread with it. Its own monitor. */
    private final Set<Expiring> timed =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final CopyOnWriteArrayList<ListenerRegistration<?, ?>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean isWaiting;
    private volatile boolean closed;

    /** @param asyncThreadsMax the most threads for asynchronous calls */
    public MapThreads(String gridName, int asyncCallsMax, int asyncThreadsMax) {
        this.asyncThreadsMax = asyncThreadsMax;
        this.gridName = gridName;
        this.asyncCallsMax = asyncCallsMax;
    }

    // ---- asynchronous calls

    /** Runs a call on a thread of the grid; a stage that is full of them, or of a closed grid, fails at once. */
    public <T> GridFuture<T> submit(Supplier<? extends T> call) {
        GridFuture<T> future = new GridFuture<>(this::execute);
        try {
            async().execute(new Call<>(future, call));
        } catch (GridException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    private void execute(Runnable task) {
        async().execute(task);
    }

    private record Call<T>(GridFuture<T> future, Supplier<? extends T> call) implements Runnable {

        @Override
        public void run() {
            try {
                future.complete(call.get());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        }
    }

    private Executor async() {
        ThreadPoolExecutor present = async;
        if (present != null) {
            return present;
        }
        synchronized (this) {
            if (async == null) {
                ThreadPoolExecutor made = new ThreadPoolExecutor(
                        asyncThreadsMax, asyncThreadsMax, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(asyncCallsMax),
                        factory("async"), (task, executor) -> refuse());
                made.allowCoreThreadTimeOut(true);
                async = made;
                if (closed) {
                    made.shutdown();
                }
            }
            return async;
        }
    }

    private void refuse() {
        if (closed) {
            throw new GridException(
                    GridException.Code.CLOSED,
                    "grid '" + gridName + "' is closed and runs no asynchronous call; open another grid");
        }
        throw new GridException(
                GridException.Code.OVERLOADED,
                "grid '" + gridName + "': " + asyncCallsMax + " asynchronous calls wait already; wait for some of them, or"
                        + " raise asyncCallsMax");
    }

    // ---- expiry and listeners

    /** From now on, what has expired in a table is removed without anybody asking. */
    public void expire(Expiring table) {
        timed.add(table);
        startFollower();
    }

    public void forget(Expiring table) {
        timed.remove(table);
    }

    public void add(ListenerRegistration<?, ?> listener) {
        listeners.add(listener);
        startFollower();
    }

    public void remove(ListenerRegistration<?, ?> listener) {
        listeners.remove(listener);
        LockSupport.unpark(follower);
    }

    /** There may be changes that a listener has not been told of. */
    public void wake() {
        // The journal's monitor orders this: either the follower's last look saw the change, or this sees it waiting.
        if (isWaiting) {
            LockSupport.unpark(follower);
        }
    }

    private synchronized void startFollower() {
        if (follower == null && !closed) {
            follower = factory("maps").newThread(this::follow);
            follower.start();
        } else {
            LockSupport.unpark(follower);
        }
    }

    private void follow() {
        while (!endsForWantOfWork()) {
            Thread.interrupted(); // by a listener; it would keep this thread from waiting
            timedTables().forEach(this::expireSafely);
            if (!tellListeners()) {
                isWaiting = true;
                if (!tellListeners() && !closed) {
                    waitForWork();
                }
                isWaiting = false;
            }
        }
    }

    /** One table that fails must not stop the others from expiring, nor the listeners from being told. */
    private void expireSafely(Expiring table) {
        try {
            table.expire();
        } catch (RuntimeException | Error e) {
            LOG.error("grid '{}': an entry that has expired could not be removed; the next is tried", gridName, e);
        }
    }

    private synchronized boolean endsForWantOfWork() {
        if (!closed && (!listeners.isEmpty() || isTimed())) {
            return false;
        }
        follower = null;
        return true;
    }

    private void waitForWork() {
        if (isTimed()) {
            LockSupport.parkNanos(this, EXPIRY_PERIOD_NS);
        } else {
            LockSupport.park(this);
        }
    }

    private boolean isTimed() {
        return timedTables().stream().anyMatch(Expiring::isTimed);
    }

    /** A copy, which holds the tables as long as it is used. */
    private List<Expiring> timedTables() {
        synchronized (timed) {
            return new ArrayList<>(timed);
        }
    }

    private boolean tellListeners() {
        boolean toldAny = false;
        for (ListenerRegistration<?, ?> listener : listeners) {
            toldAny |= listener.tell();
        }
        return toldAny;
    }

    private ThreadFactory factory(String what) {
        return task -> {
            Thread thread = new Thread(
                    task, "penstock-" + gridName + "-" + what + "-" + threadNumbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Calls that have begun go on; those that wait fail. */
    @Override
    public void close() {
        ThreadPoolExecutor toClose;
        synchronized (this) {
            closed = true;
            toClose = async;
            LockSupport.unpark(follower);
        }
        if (toClose != null) {
            toClose.shutdown(); // what waits finds its map closed, and says so
        }
    }
}
