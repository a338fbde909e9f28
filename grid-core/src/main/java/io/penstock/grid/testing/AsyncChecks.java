package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.isRefusal;

import io.penstock.grid.AsyncMap;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Operations without waiting. */
final class AsyncChecks {

    private static final int CALLS_MAX = 5;
    private static final int MORE_CALLS = 1_000;

    /** What a call under way waits for: static, since processors travel. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    private AsyncChecks() {}

    static void singleKeysAreReadAndWritten(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        AsyncMap<String, Integer> async = map.async();
        isNull(bed.join(async.put("a", 1)));
        equal(1, bed.join(async.put("a", 2)));
        equal(2, bed.join(async.get("a")));
        isNull(bed.join(async.get("z")));
        equal(2, bed.join(async.putIfAbsent("a", 3)));
        isNull(bed.join(async.putIfAbsent("b", 3)));
        equal(2, bed.join(async.replace("a", 4)));
        isNull(bed.join(async.replace("z", 4)));
        equal(4, bed.join(async.remove("a")));
        isNull(bed.join(async.remove("a")));
        equal(false, bed.join(async.replace("b", 1, 4)));
        equal(true, bed.join(async.replace("b", 3, 4)));
        equal(false, bed.join(async.remove("b", 3)));
        equal(true, bed.join(async.remove("b", 4)));
        holds(map.isEmpty());
    }

    static void severalKeysAreReadAndWritten(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        AsyncMap<String, Integer> async = map.async();
        isNull(bed.join(async.putAll(Map.of("a", 1, "b", 2, "c", 3))));
        equal(Map.of("a", 1, "c", 3), bed.join(async.getAll(List.of("a", "c", "z"))));
        equal(2L, bed.join(async.removeAll((key, value) -> value >= 2)));
        equal(Map.of("a", 1), map);
    }

    static void functionsRun(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openWithAbc();
        AsyncMap<String, Integer> async = map.async();
        equal(11, bed.join(async.update("a", before -> before + 10)));
        equal("b is 2", bed.join(async.process("b", entry -> entry.key() + " is " + entry.value())));
        equal(Map.of("a", 11, "b", 2), bed.join(async.processAll(List.of("a", "b", "z"), entry -> entry.value())));
        equal(Map.of("c", 3), bed.join(async.processAll((key, value) -> value == 3, entry -> {
            int before = entry.value();
            entry.remove();
            return before;
        })));
        equal(Map.of("a", 11, "b", 2), map);
    }

    static void aTimeToLiveCounts(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        bed.join(map.async().put("a", 1, Duration.ofSeconds(1)));
        equal(1, map.get("a"));
        bed.advance(Duration.ofSeconds(1));
        isNull(bed.join(map.async().get("a")));
    }

    static void anErrorCompletesTheStage(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(1));
        map.put("a", 1);
        AsyncMap<String, Integer> async = map.async();
        isRefusal(Code.MAP_FULL, (GridException) bed.failure(async.put("b", 2)), "map 'stock'");
        equal(ArithmeticException.class, bed.failure(async.update("a", before -> before / zero())).getClass());
        equal(ArithmeticException.class, bed.failure(async.process("a", entry -> entry.value() / zero())).getClass());
        equal(Map.of("a", 1), map);
    }

    /** Called through references, for Penstock's own code must name an executor. */
    static void whatIsChainedRunsOnAThreadOfTheGrid(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openWithAbc();
        BiFunction<CompletionStage<Integer>, Function<Integer, Thread>, CompletionStage<Thread>> thenApply =
                CompletionStage::thenApplyAsync;
        Thread thread = bed.join(thenApply.apply(map.async().get("a"), value -> Thread.currentThread()));
        holds(thread != Thread.currentThread(), "not the caller's thread");
        holds(!thread.getName().startsWith("ForkJoinPool."), "a thread of the grid: " + thread.getName());
    }

    static void callsOfOneThreadAllHappen(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        List<CompletionStage<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            stages.add(map.async().update("k" + i % 4, before -> before == null ? 1 : before + 1));
        }
        for (CompletionStage<Integer> stage : stages) {
            bed.join(stage);
        }
        equal(Map.of("k0", 500, "k1", 500, "k2", 500, "k3", 500), map);
    }

    /** One call holds up its partition, and so all that wait behind it; those that do not fit in fail at once. */
    static void callsBeyondTheMaximumFailAtOnceAndChangeNothing(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openGrid(config -> config
                .asyncCallsMax(CALLS_MAX).map(TestBed.STOCK, settings -> settings.partitions(1))).map(TestBed.STOCK);
        gate = new CountDownLatch(1);
        List<CompletableFuture<Integer>> stages = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_CALLS; i++) {
                stages.add(map.async().<Integer>process("a", AsyncChecks::waitAndCount).toCompletableFuture());
            }
            long refused = stages.stream().filter(CompletableFuture::isCompletedExceptionally).count();
            holds(refused >= MORE_CALLS / 2, "of " + MORE_CALLS + " calls most are refused at once: " + refused);
            holds(refused <= MORE_CALLS - CALLS_MAX, "not those that may wait: " + refused);
        } finally {
            gate.countDown();
        }
        int done = 0;
        for (CompletableFuture<Integer> stage : stages) {
            if (stage.isCompletedExceptionally()) {
                isRefusal(Code.OVERLOADED, (GridException) bed.failure(stage), "asyncCallsMax", "" + CALLS_MAX);
            } else {
                bed.join(stage);
                done++;
            }
        }
        equal(done, map.get("a"));
        equal(done, bed.join(map.async().get("a")), "a call after the others are done");
    }

    private static int zero() {
        return 0;
    }

    private static Integer waitAndCount(EntryProcessor.Entry<String, Integer> entry) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        int before = entry.value() == null ? 0 : entry.value();
        entry.put(before + 1);
        return before;
    }
}
