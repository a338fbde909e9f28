package io.penstock.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of a test, which waits for them in {@link #close} and fails if one of them does. */
final class Threads implements AutoCloseable {

    private static final long WAIT_MAX_S = 120;
    private static final int THREADS_MAX = 16;

    interface Task {
        void run() throws Exception;
    }

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS_MAX);
    private final List<Future<?>> running = new ArrayList<>();

    void start(Task task) {
        running.add(executor.submit(() -> {
            task.run();
            return null;
        }));
    }

    @Override
    public void close() {
        try {
            for (Future<?> task : running) {
                task.get(WAIT_MAX_S, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
    }
}
