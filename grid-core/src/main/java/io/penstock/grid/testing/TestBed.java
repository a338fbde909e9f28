package io.penstock.grid.testing;

import io.penstock.grid.Changes;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The grids of one check, its time and its threads. */
final class TestBed implements AutoCloseable {

    static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private static final long PAUSE_NS = 500_000;

    private final GridHost host;
    private final List<Grid> opened = new ArrayList<>();
    private final List<GridMap<?, ?>> maps = new ArrayList<>();

    /** What one of several threads does. */
    interface Task<T> {
        T run(int thread) throws Exception;
    }

    TestBed(GridHost host) {
        this.host = host;
    }

    // ---- maps

    GridMap<String, Integer> open() {
        return open(config -> {});
    }

    GridMap<String, Integer> open(Consumer<MapConfig> settings) {
        return open(STOCK, settings);
    }

    /** Opens a map of a new grid with the host's settings and these. */
    <K, V> GridMap<K, V> open(MapRef<K, V> ref, Consumer<MapConfig> settings) {
        GridMap<K, V> map = openPlain(ref, config -> {
            host.configure(config);
            settings.accept(config);
        });
        host.opened(map);
        return map;
    }

    /** Opens a map of a new grid with these settings only. */
    <K, V> GridMap<K, V> openPlain(MapRef<K, V> ref, Consumer<MapConfig> settings) {
        GridMap<K, V> map = openGrid(config -> config.map(ref, settings)).map(ref);
        maps.add(map);
        return map;
    }

    GridMap<String, Integer> openPlain(Consumer<MapConfig> settings) {
        return openPlain(STOCK, settings);
    }

    GridMap<String, Integer> openWithAbc() {
        GridMap<String, Integer> map = open();
        map.putAll(Map.of("a", 1, "b", 2, "c", 3));
        return map;
    }

    Grid openGrid(Consumer<GridConfig> settings) {
        Grid grid = host.openGrid(settings);
        opened.add(grid);
        return grid;
    }

    /** Closes the grid that was opened last. */
    void closeItsGrid() {
        opened.get(opened.size() - 1).close();
    }

    @Override
    public void close() {
        opened.forEach(Grid::close);
    }

    // ---- what the host is like

    boolean differs(GridHost.Difference difference) {
        return host.differences().contains(difference);
    }

    /** Of so many operations, as many as the host can make in a short time. */
    int some(int operations) {
        return (int) Math.ceil(operations * host.share());
    }

    /** How many partitions a map has that was to have so many. */
    int partitions(Changes<?, ?> changes, int asked) {
        return differs(GridHost.Difference.PARTITIONS_ARE_THE_CLUSTERS) ? changes.partitionCount() : asked;
    }

    /** Keys of the form k1 that are all in one partition. */
    List<String> keysOfOnePartition(Changes<String, ?> changes, int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; keys.size() < count; i++) {
            String key = "k" + i;
            if (keys.isEmpty() || changes.partitionOf(key) == changes.partitionOf(keys.get(0))) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The most entries that a map has, when no writer is at work, that evicts and is to have so many. */
    long mostEntries(GridMap<?, ?> map, long maxEntries) {
        if (!differs(GridHost.Difference.EVICTS_ABOUT)) {
            return maxEntries;
        }
        int partitionCount = map.changes().partitionCount();
        return ((maxEntries - 1) / partitionCount + 1) * partitionCount;
    }

    // ---- time

    void advance(Duration time) {
        host.advance(time);
    }

    void settle() {
        maps.forEach(host::settle);
    }

    /** Waits for what comes some milliseconds later, and fails if it does not come. */
    void eventually(String claim, BooleanSupplier holds) {
        long startNs = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startNs > host.patience().toNanos()) {
                throw new AssertionError("expected " + claim + ", but not so after " + host.patience());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** What a stage completes with, if it does so in time. */
    <T> T join(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(host.patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What a stage fails with; it may fail later. */
    Throwable failure(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            Object found = stage.toCompletableFuture().get(host.patience().toNanos(), TimeUnit.NANOSECONDS);
            throw new AssertionError("expected a stage that fails, but found " + found);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    // ---- threads

    /** Runs a task on several threads that start together, and fails if one of them does. */
    <T> List<T> together(int threadCount, Task<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(threadCount, TestBed::daemon);
        try {
            CyclicBarrier start = new CyclicBarrier(threadCount);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threadCount; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    start.await(host.patience().toNanos(), TimeUnit.NANOSECONDS);
                    return task.run(thread);
                }));
            }
            return results(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> List<T> results(List<Future<T>> running) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            try {
                results.add(future.get(3 * host.patience().toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError failed) {
                    throw failed;
                }
                throw e;
            }
        }
        return results;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "penstock-contract");
        thread.setDaemon(true);
        return thread;
    }
}
