package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs that follow a map: at its start, over restarts, and when it is too fast for them. What they have taken is kept
 * in this JVM, see {@link FollowedMap}; what members in others take, by a copy in a map.
 */
class MapChangesIT extends Conformance {

    private static final Host ENGINE = Host.ENGINE_2;
    private static final int ENTRIES_MAX = FollowedMap.ENTRIES_MAX;
    private static final int LARGE = 100_000;
    private static final int WRITERS = 3;
    private static final int WRITES = 10_000;
    private static final int WRITES_PER_ROUND = 2_000;
    /** How many changes a job takes in before it is stopped; fewer than there are writes meanwhile. */
    private static final int ROUND = 5_000;
    private static final long KEYS = 3_000;
    private static final long COPIED_WRITES = 200;
    private static final long SLOW_NS = TimeUnit.MICROSECONDS.toNanos(4);
    private static final long SEED = Seed.of("MapChangesIT");
    private static final String JOB = "following";
    /** What clusters are given less of, since each write goes over the network. */
    private static final int LESS = 5;
    private static final MapRef<Long, Long> COPY = MapRef.of("copy", Long.class, Long.class);

    @BeforeEach
    void forget() {
        FollowedMap.forget();
    }

    static Stream<Arguments> hostsAndPartitions() {
        return Stream.of(Host.values())
                .filter(host -> host != Host.PROCESSES_3)
                .flatMap(host -> partitions(host).mapToObj(partitions -> Arguments.of(host, partitions)));
    }

    private static IntStream partitions(Host host) {
        return host.isEngine() ? IntStream.of(FollowedMap.PARTITIONS) : IntStream.of(FollowedMap.PARTITIONS_OF_CLUSTER);
    }

    // ---- start

    @ParameterizedTest
    @MethodSource("hostsAndPartitions")
    void tellsContentAndAllChangesThoughWritersAreAtWork(Host host, int partitions) throws Exception {
        GridMap<Long, Long> map = HostGrids.of(host).map(FollowedMap.changing(partitions));
        map.clear();
        for (long key = 0; key < ENTRIES_MAX / 2; key++) {
            map.put(key, -key);
        }
        List<Thread> writers = writers(map, less(host, WRITES), true, host.isEngine());
        start(host, FollowedMap.pipeline(map.ref(), MapChangesOptions::fromContent, 0), o -> {});
        finish(writers, map, host.isEngine());
        FollowedMap.assertTells(map);
        EnumSet<MapChange.Kind> kinds = EnumSet.allOf(MapChange.Kind.class);
        if (!host.isEngine()) {
            kinds.remove(MapChange.Kind.CLEAR); // is told as a removal
            kinds.remove(MapChange.Kind.EXPIRE);
        }
        assertEquals(kinds, FollowedMap.kinds());
    }

    private static int less(Host host, int count) {
        return host.isEngine() ? count : count / LESS;
    }

    /**
     * @param untilFollowed whether to write on until a job has taken in the first change, and only then so much more
     * @param expiring whether some entries expire; on a cluster they stay, and are told, until something else happens
     */
    private static List<Thread> writers(
            GridMap<Long, Long> map, int writes, boolean untilFollowed, boolean expiring) {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            SplittableRandom random = new SplittableRandom(SEED + writer);
            Thread thread = new Thread(() -> {
                while (untilFollowed && FollowedMap.taken() == 0) {
                    write(map, 1, random, expiring);
                }
                write(map, writes, random, expiring);
            }, "writer-" + writer);
            writers.add(thread);
            thread.start();
        }
        return writers;
    }

    /** More keys than a changing map may hold. */
    private static void write(
            GridMap<Long, Long> map, int writes, SplittableRandom random, boolean expiring) {
        for (int i = 0; i < writes; i++) {
            long key = random.nextLong(KEYS);
            switch (random.nextInt(expiring ? 10 : 9)) {
                case 0 -> map.remove(key);
                case 1 -> map.merge(key, 1L, Long::sum);
                case 9 -> map.put(key, random.nextLong(), Duration.ofMillis(1 + random.nextInt(30)));
                default -> map.put(key, random.nextLong());
            }
        }
    }

    /**
     * Waits for the writers; then makes sure that there was each kind of change, and that no entry will expire later.
     */
    private static void finish(List<Thread> writers, GridMap<Long, Long> map, boolean expiring)
            throws InterruptedException {
        for (Thread writer : writers) {
            writer.join();
        }
        map.clear();
        map.put(0L, 0L);
        if (expiring) {
            map.put(1L, 1L, Duration.ofMillis(1));
            await("expiry", () -> !map.containsKey(1L));
        }
        Map<Long, Long> tooMany = new HashMap<>();
        for (long key = 0; key <= 2L * ENTRIES_MAX; key++) {
            tooMany.put(key, key);
        }
        map.putAll(tooMany);
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
        Grid grid = HostGrids.of(ENGINE);
        GridMap<Long, Long> map = filled(ENGINE, partitions, LARGE);
        LogicalPlan plan = plan(map.ref(), MapChangesOptions::fromContent, SLOW_NS);
        EngineHost.Taken taken = null;
        int restarts = 0;
        for (int workers : new int[] {first, second}) {
            List<Thread> writers = writers(map, WRITES_PER_ROUND, false, true);
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
        Grid grid = HostGrids.of(ENGINE);
        GridMap<Long, Long> map = filled(ENGINE, 64, LARGE);
        LogicalPlan plan = plan(map.ref(), MapChangesOptions::fromContent, SLOW_NS);
        EngineHost.Taken taken;
        List<Thread> writers = writers(map, WRITES_PER_ROUND, false, true);
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
    @CsvSource({"ENGINE_1,64", "ENGINE_2,4", "MEMBER_1,31", "MEMBERS_3,31"})
    void goesOnAfterSuspensions(Host host, int partitions) throws Exception {
        GridMap<Long, Long> map = filled(host, partitions, LARGE / LESS);
        Job job = start(host, FollowedMap.pipeline(map.ref(), MapChangesOptions::fromContent, SLOW_NS),
                o -> exactlyOnce(o.name(JOB)));
        for (int suspension = 0; suspension < 2; suspension++) {
            List<Thread> writers = writers(map, WRITES_PER_ROUND / LESS, false, host.isEngine());
            awaitMore(ROUND / LESS, job.completion().toCompletableFuture());
            job.suspend();
            if (suspension == 0 && partitions > 4) {
                FollowedMap.assertPartlyTaken(map.entryCount());
            }
            for (Thread writer : writers) {
                writer.join();
            }
            FollowedMap.forget();
            job.resume();
        }
        FollowedMap.assertTells(map);
    }

    /** Of a map from which nothing is removed, since a sink removes nothing. */
    @OnEveryHost
    void aCopyIsWhatTheMapIs(Host host) throws Exception {
        Grid grid = HostGrids.of(host);
        int partitions = partitions(host).max().orElseThrow();
        GridMap<Long, Long> map = filled(host, partitions, LARGE / LESS);
        GridMap<Long, Long> copy = grid.map(COPY);
        copy.clear();
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.mapChanges(map.ref(), MapChangesOptions::fromContent))
                .writeTo(Sinks.map(COPY, MapChange::key, MapChange::after));
        Job job = start(host, p, o -> exactlyOnce(o.name(JOB)));
        for (long round = 1; round <= 3; round++) {
            for (long key = 0; key < COPIED_WRITES; key++) {
                map.put(key, round);
            }
            job.suspend();
            map.put(round, -round);
            job.resume();
        }
        await("the last changes", () -> copy.size() == map.size() && copy.get(0L) == 3 && copy.get(3L) == -3);
        assertEquals(new TreeMap<>(map), new TreeMap<>(copy));
    }

    private static GridMap<Long, Long> filled(Host host, int partitions, int count) {
        GridMap<Long, Long> map = HostGrids.of(host).map(FollowedMap.large(partitions));
        map.clear();
        Map<Long, Long> content = new HashMap<>();
        for (long key = 0; key < count; key++) {
            content.put(key, -key);
        }
        map.putAll(content);
        return map;
    }

    private static LogicalPlan plan(MapRef<Long, Long> ref, Consumer<MapChangesOptions> options, long nsPerChange) {
        return PipelinePlans.of(FollowedMap.pipeline(ref, options, nsPerChange));
    }

    private static void awaitMore(long count, CompletableFuture<Void> end) {
        awaitTaken(FollowedMap.taken() + count, end);
    }

    private static void awaitTaken(long count, CompletableFuture<Void> end) {
        await(count + " changes", () -> {
            if (end.isDone()) {
                end.join(); // throws if the job has failed
            }
            return FollowedMap.taken() >= count;
        });
    }

    // ---- another journal

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aSnapshotOfAnotherJournalIsRefused(int workers) throws Exception {
        LogicalPlan plan = plan(FollowedMap.TINY, MapChangesOptions::fromContent, 0);
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = Grid.embedded(FollowedMap::configureEmbedded);
                EngineHost engine = new EngineHost(anew, workers)) {
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
        LogicalPlan plan = plan(FollowedMap.TINY, options -> {}, 0);
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = Grid.embedded(); EngineHost engine = new EngineHost(anew, 8)) {
            assertThrows(JobException.class, () -> engine.start(JOB, plan, taken));
        }
    }

    @Test
    void anotherJournalIsReadAsTheOptionsSay() throws Exception {
        assertEquals(1, takenFromAnotherJournal(plan(FollowedMap.TINY, MapChangesOptions::skipGaps, 0), 1));
        assertEquals(0, FollowedMap.contentTaken());
        FollowedMap.forget();
        assertEquals(2, takenFromAnotherJournal(plan(FollowedMap.TINY, MapChangesOptions::readContentAfterGaps, 0), 2));
        assertEquals(2, FollowedMap.contentTaken());
    }

    /** One key is put before anybody follows the map, and one before the job goes on. */
    private static long takenFromAnotherJournal(LogicalPlan plan, int expected) throws Exception {
        EngineHost.Taken taken = stopped(plan);
        try (Grid anew = Grid.embedded(FollowedMap::configureEmbedded); EngineHost engine = new EngineHost(anew, 2)) {
            anew.map(FollowedMap.TINY).put(1L, 1L);
            anew.map(FollowedMap.TINY).changes();
            anew.map(FollowedMap.TINY).put(2L, 2L);
            Job job = engine.start(JOB, plan, taken);
            awaitTaken(expected, job.completion().toCompletableFuture());
            engine.stop(job);
        }
        return FollowedMap.taken();
    }

    private static EngineHost.Taken stopped(LogicalPlan plan) throws Exception {
        try (EngineHost engine = new EngineHost(HostGrids.of(ENGINE), 2)) {
            return engine.stop(engine.start(JOB, plan, null));
        }
    }

    // ---- too slow

    @OnEveryHost
    void aGapFailsTheJobAndSaysWhatToDo(Host host) {
        GridMap<Long, Long> map = HostGrids.of(host).map(FollowedMap.TINY);
        map.clear();
        Job job = start(host, FollowedMap.pipeline(FollowedMap.TINY, options -> {}, TimeUnit.MILLISECONDS.toNanos(1)),
                o -> {});
        Map<Long, Long> all = new HashMap<>();
        await("a gap", () -> {
            for (long key = 0; key < 400; key++) {
                all.put(key, key);
            }
            map.putAll(all);
            return job.status().isEnd();
        });
        String message = assertThrows(JobException.class, job::join).getMessage();
        String gap = "stage 'changes of tiny': fell behind the changes of map 'tiny' and lost ";
        assertTrue(message.contains(gap), message);
        assertTrue(message.contains("; raise the map's journalCapacity, which is "), message);
    }
}
