package io.penstock.bench.hand;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads, each of which gets one slice of the events: of P threads, thread p the events p, p + P, p + 2P, ... */
final class Slices implements AutoCloseable {

    /** A loop over one slice. */
    @FunctionalInterface
    interface Loop<R> {
        R run(int first, int stride) throws Exception;
    }

    private final int threadCount;
    private final ExecutorService threads;

    Slices(int threadCount) {
        this.threadCount = threadCount;
        threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "hand");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the loop over all slices at once and returns the results in the order of the slices. */
    <R> List<R> run(Loop<? extends R> loop) throws InterruptedException, ExecutionException {
        List<Future<? extends R>> running = new ArrayList<>();
        for (int slice = 0; slice < threadCount; slice++) {
            int first = slice;
            running.add(threads.submit(() -> loop.run(first, threadCount)));
        }
        List<R> results = new ArrayList<>();
        for (Future<? extends R> future : running) {
            results.add(future.get());
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
