package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.cluster.JetHost;
import io.penstock.dag.cluster.JetJob;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that follow a map, on every host: at its start, over restarts, and when it is too fast for them. */
@Timeout(120)
class MapChangesIT {

    private static final int JOURNAL = 1 << 17;
    private static final int ENTRIES_MAX = 2_000;
    private static final int LARGE = 100_000;
    private static final int WRITERS = 3;
    private static final int WRITES = 10_000;
    private static final int WRITES_PER_ROUND = 2_000;
    /** How many changes a job takes in before it is stopped; fewer than there are writes meanwhile. */
    private static final int ROUND = 5_000;
    private static final long KEYS = 3_000;
    private static final long SLOW_NS = TimeUnit.MICROSECONDS.toNanos(4);
    private static final long SEED = Seed.of("MapChangesIT");
    private static final String JOB = "following";
    private static final MapRef<Long, Long> TINY = MapRef.of("tiny", Long.class, Long.class);

    private static Grid grid;
    private static JetHost jet;

    private JetJob jetJob;

    @BeforeAll
    static void open() {
        grid = grid();
        jet = new JetHost(grid);
    }

    /** With a map for each number of partitions, of few entries that come and go, and of many. */
    private static Grid grid() {
        return Grid.embedded(config -> {
            for (int partitions : new int[] {1, 4, 64}) {
                config.map(changing(partitions), map -> map.partitions(partitions).journalCapacity(JOURNAL)
                        .maxEntries(ENTRIES_MAX).eviction(Eviction.INSERTION_ORDER));
                config.map(large(partitions), map -> map.partitions(partitions).journalCapacity(JOURNAL));
            }
            config.map(TINY, map -> map.partitions(1).journalCapacity(8));
        });
    }

    private static MapRef<Long, Long> changing(int partitions) {
        return MapRef.of("changing-" + partitions, Long.class, Long.class);
    }

    private static MapRef<Long, Long> large(int partitions) {
        return MapRef.of("large-" + partitions, Long.class, Long.class);
    }

    @AfterAll
    static void close() {
        jet.close();
        grid.close();
    }

    @BeforeEach
    void forget() {
        FollowedMap.forget();
    }

    static Stream<Arguments> hostsAndPartitions() {
        return Stream.of(Conformance.Host.values())
                .flatMap(host -> Stream.of(1, 4, 64).map(partitions -> Arguments.of(host, partitions)));
    }

    // ---- start

    @ParameterizedTest
    @MethodSource("hostsAndPartitions")
    void tellsContentAndAllChangesThoughWritersAreAtWork(Conformance.Host host, int partitions) throws Exception {
        GridMap<Long, Long> map = grid.map(changing(partitions));
        map.clear();
        for (long key = 0; key < ENTRIES_MAX / 2; key++) {
            map.put(key, -key);
        }
        List<Thread> writers = writers(map, WRITES, true);
        LogicalPlan plan = FollowedMap.plan(map.ref(), MapChangesOptions::fromContent, 0);
        if (host.isJet()) {
            startOnJet(plan, host.parallelism, false);
            finish(writers, map);
            FollowedMap.assertTells(map);
        } else {
            try (EngineHost engine = new EngineHost(grid, host.parallelism)) {
                engine.start(JOB, plan, null);
                finish(writers, map);
                FollowedMap.assertTells(map);
            }
        }
        assertEquals(EnumSet.allOf(MapChange.Kind.class), FollowedMap.kinds());
    }

    /**
     * @param untilFollowed whether to write on until a job has taken in the first change, and only then so much more
     */
    private static List<Thread> writers(GridMap<Long, Long> map, int writes, boolean untilFollowed) {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            SplittableRandom random = new SplittableRandom(SEED + writer);
            Thread thread = new Thread(() -> {
                while (untilFollowed && FollowedMap.taken() == 0) {
                    write(map, 1, random);
                }
                write(map, writes, random);
            }, "writer-" + writer);
            writers.add(thread);
            thread.start();
        }
        return writers;
    }

    /** More keys than a changing map may hold. */
    private static void write(GridMap<Long, Long> map, int writes, SplittableRandom random) {
        for (int i = 0; i < writes; i++) {
            long key = random.nextLong(KEYS);
            switch (random.nextInt(10)) {
                case 0 -> map.remove(key);
                case 1 -> map.put(key, random.nextLong(), Duration.ofMillis(1 + random.nextInt(30)));
                case 2 -> map.merge(key, 1L, Long::sum);
                default -> map.put(key, random.nextLong());
            }
        }
    }

    /**
     * Waits for the writers; then makes sure that there was each kind of change, and that no entry will expire later.
     */
    private static void finish(List<Thread> writers, GridMap<Long, Long> map) throws InterruptedException {
        for (Thread writer : writers) {
            writer.join();
        }
        map.clear();
        map.put(0L, 0L);
        map.put(1L, 1L, Duration.ofMillis(1));
        Conformance.await("expiry", () -> !map.containsKey(1L));
        for (long key = 0; key <= 2L * ENTRIES_MAX; key++) {
            map.put(key, key);
        }
        map.clear();
        for (long key = 0; key < 100; key++) {
            map.put(key, key);
        }
        map.remove(1L);
    }

    // ---- restarts

    /** With 64 partitions a part of the content is given out before the first restart, the rest behind it. */
    @ParameterizedTest
    @CsvSource({"64,2,4,1", "64,1,2,4", "64,4,1,2", "4,4,1,2", "1,2,1,4"})
    void engineGoesOnWithAnotherParallelism(int partitions, int first, int second, int third) throws Exception {
        GridMap<Long, Long> map = filled(partitions);
        LogicalPlan plan = FollowedMap.plan(map.ref(), MapChangesOptions::fromContent, SLOW_NS);
        EngineHost.Taken taken = null;
        int restarts = 0;
        for (int workers : new int[] {first, second}) {
            List<Thread> writers = writers(map, WRITES_PER_ROUND, false);
            try (EngineHost engine = new EngineHost(grid, workers)) {
                Job job = engine.start(JOB, plan, taken);
                awaitMore(ROUND, job.completion().toCompletableFuture());
                taken = engine.stop(job);
            }
            if (restarts++ == 0 && partitions == 64) {
                FollowedMap.assertPartlyTaken(LARGE);
            }
            for (Thread writer : writers) {
                writer.join();
            }
            FollowedMap.forget(); // the state of the snapshot has it
        }
        try (EngineHost engine = new EngineHost(grid, third)) {
            engine.start(JOB, plan, taken);
            FollowedMap.assertTells(map);
        }
    }

    /** What came behind the snapshot comes again, to stages that have not seen it. */
    @ParameterizedTest
    @CsvSource({"2,4", "4,1"})
    void engineGoesOnAfterACrash(int before, int after) throws Exception {
        GridMap<Long, Long> map = filled(64);
        LogicalPlan plan = FollowedMap.plan(map.ref(), MapChangesOptions::fromContent, SLOW_NS);
        EngineHost.Taken taken;
        List<Thread> writers = writers(map, WRITES_PER_ROUND, false);
        try (EngineHost engine = new EngineHost(grid, before)) {
            Job job = engine.start(JOB, plan, null);
            awaitMore(ROUND, job.completion().toCompletableFuture());
            taken = engine.requestSnapshot(job).get();
            awaitMore(ROUND, job.completion().toCompletableFuture());
        } // closes the engine in the middle of the job
        FollowedMap.assertPartlyTaken(LARGE);
        for (Thread writer : writers) {
            writer.join();
        }
        FollowedMap.forget();
        try (EngineHost engine = new EngineHost(grid, after)) {
            engine.start(JOB, plan, taken);
            FollowedMap.assertTells(map);
        }
    }

    @ParameterizedTest
    @CsvSource({"64,1", "64,2", "4,2", "1,2"})
    void jetGoesOnAfterSuspensions(int partitions, int parallelism) throws Exception {
        GridMap<Long, Long> map = filled(partitions);
        LogicalPlan plan = FollowedMap.plan(map.ref(), MapChangesOptions::fromContent, SLOW_NS);
        JetJob job = startOnJet(plan, parallelism, true);
        for (int suspension = 0; suspension < 2; suspension++) {
            List<Thread> writers = writers(map, WRITES_PER_ROUND, false);
            awaitMore(ROUND, job.completion());
            job.suspend();
            Conformance.await("job suspended", job::isSuspended);
            if (suspension == 0 && partitions == 64) {
                FollowedMap.assertPartlyTaken(LARGE);
            }
            for (Thread writer : writers) {
                writer.join();
            }
            FollowedMap.forget();
            job.resume();
        }
        FollowedMap.assertTells(map);
    }

    private static GridMap<Long, Long> filled(int partitions) {
        GridMap<Long, Long> map = grid.map(large(partitions));
        map.clear();
        for (long key = 0; key < LARGE; key++) {
            map.put(key, -key);
        }
        return map;
    }

    private static void awaitMore(long count, CompletableFuture<Void> end) {
        awaitTaken(FollowedMap.taken() + count, end);
    }

    private static void awaitTaken(long count, CompletableFuture<Void> end) {
        Conformance.await(count + " changes", () -> {
            if (end.isDone()) {
                end.join(); // throws if the job has failed
            }
            return FollowedMap.taken() >= count;
        });
    }

    private JetJob startOnJet(LogicalPlan plan, int parallelism, boolean takesSnapshots) {
        jetJob = jet.start(JOB, plan, parallelism, takesSnapshots);
        return jetJob;
    }

    @AfterEach
    void cancelOnJet() {
        if (jetJob != null && !jetJob.completion().isDone()) {
            jetJob.cancel();
            Conformance.await("job cancelled", () -> jetJob.completion().isDone());
        }
    }

    // ---- another journal

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aSnapshotOfAnotherJournalIsRefused(int workers) throws Exception {
        LogicalPlan plan = FollowedMap.plan(TINY, MapChangesOptions::fromContent, 0);
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = grid(); EngineHost engine = new EngineHost(anew, workers)) {
            JobException refusal = assertThrows(JobException.class, () -> engine.start(JOB, plan, taken));
            assertEquals(
                    "job 'following': stage 'changes of tiny': cannot go on from the snapshot: it has a place in"
                            + " another journal of map 'tiny' than the map has now, for a journal ends with its"
                            + " grid; start the"
                            + " job without the snapshot, or choose readContentAfterGaps() or skipGaps()",
                    refusal.getMessage());
        }
    }

    /** The instances 1 to 7 find no place of their own in it. */
    @Test
    void aSnapshotOfAJournalWithFewerPartitionsIsRefused() throws Exception {
        LogicalPlan plan = FollowedMap.plan(TINY, options -> {}, 0);
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = Grid.embedded(); EngineHost engine = new EngineHost(anew, 8)) {
            assertThrows(JobException.class, () -> engine.start(JOB, plan, taken));
        }
    }

    @Test
    void anotherJournalIsReadAsTheOptionsSay() throws Exception {
        assertEquals(1, takenFromAnotherJournal(FollowedMap.plan(TINY, MapChangesOptions::skipGaps, 0), 1));
        assertEquals(0, FollowedMap.contentTaken());
        FollowedMap.forget();
        assertEquals(2, takenFromAnotherJournal(FollowedMap.plan(TINY, MapChangesOptions::readContentAfterGaps, 0), 2));
        assertEquals(2, FollowedMap.contentTaken());
    }

    /** One key is put before anybody follows the map, and one before the job goes on. */
    private static long takenFromAnotherJournal(LogicalPlan plan, int expected) throws Exception {
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = grid(); EngineHost engine = new EngineHost(anew, 2)) {
            anew.map(TINY).put(1L, 1L);
            anew.map(TINY).changes();
            anew.map(TINY).put(2L, 2L);
            Job job = engine.start(JOB, plan, taken);
            awaitTaken(expected, job.completion().toCompletableFuture());
            engine.stop(job);
        }
        return FollowedMap.taken();
    }

    private static EngineHost.Taken stopped(LogicalPlan plan) throws Exception {
        try (EngineHost engine = new EngineHost(grid, 2)) {
            return engine.stop(engine.start(JOB, plan, null));
        }
    }

    // ---- too slow

    @Test
    void aGapFailsTheJobOnJetAndSaysWhatToDo() {
        GridMap<Long, Long> map = grid.map(TINY);
        map.clear();
        LogicalPlan plan = FollowedMap.plan(TINY, options -> {}, TimeUnit.MILLISECONDS.toNanos(1));
        JetJob job = startOnJet(plan, 2, false);
        Conformance.await("a gap", () -> {
            for (long key = 0; key < 100; key++) {
                map.put(key, key);
            }
            return job.completion().isDone();
        });
        Throwable failure = assertThrows(
                ExecutionException.class, () -> job.completion().get()).getCause();
        while (failure instanceof CompletionException) {
            failure = failure.getCause();
        }
        String message = failure.toString();
        String gap = "stage 'changes of tiny': fell behind the changes of map 'tiny' and lost ";
        assertTrue(message.contains(gap), message);
        assertTrue(message.contains(" of partition 0; raise the map's journalCapacity, which is 8, "), message);
    }
}
