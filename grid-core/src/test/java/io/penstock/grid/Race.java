package io.penstock.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs a task on several threads that start together, and fails if one of them does. */
public final class Race {

    public interface Task<T> {
        T run(int thread) throws Exception;
    }

    private Race() {}

    public static <T> List<T> run(int threadCount, Task<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(threadCount);
        try {
            CyclicBarrier start = new CyclicBarrier(threadCount);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threadCount; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return task.run(thread);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
