package io.penstock.dag.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.JobException;
import io.penstock.dag.Jobs;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A followed map, step by step on one thread. */
@Timeout(60)
class MapChangesSourceTest {

    private static final MapRef<String, Long> PRICES = MapRef.of("prices", String.class, Long.class);
    private static final MapRef<String, Long> SMALL = MapRef.of("small", String.class, Long.class);
    private static final MapRef<String, Long> SILENT = MapRef.of("silent", String.class, Long.class);
    private static final MapRef<Long, Long> COUNTS = MapRef.of("counts", Long.class, Long.class);
    private static final int SMALL_JOURNAL = 4;
    private static final String STAGE = "changes of small";

    private static final List<MapChange<String, Long>> SEEN = new ArrayList<>();

    private final AtomicLong nowNs = new AtomicLong();
    private final Grid grid = Grid.embedded(config -> config.nanoClock(nowNs::get)
            .map(PRICES, map -> map.partitions(4))
            .map(SMALL, map -> map.partitions(1).journalCapacity(SMALL_JOURNAL))
            .map(SILENT, map -> map.journalCapacity(0)));
    private final GridMap<String, Long> prices = grid.map(PRICES);
    private final GridMap<String, Long> small = grid.map(SMALL);

    @AfterEach
    void closeGrid() {
        grid.close();
        SEEN.clear();
    }

    private static Pipeline following(MapRef<String, Long> ref, Consumer<MapChangesOptions> options) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(ref, options))
                .map(change -> SEEN.add(change), o -> o.name("see"))
                .writeTo(Sinks.noop());
        return pipeline;
    }

    private SteppedJob start(Pipeline pipeline, int workers) {
        return SteppedJob.start(grid, "j", Planner.plan(PipelinePlans.of(pipeline), workers), new Random(1));
    }

    private void put(int count) {
        for (long i = 0; i < count; i++) {
            small.put("k" + i, i);
        }
    }

    private static List<String> seen() {
        return SEEN.stream().map(change -> change.kind() + " " + change.key()).sorted().toList();
    }

    @Test
    void seesEveryWriteAfterTheStartAndNoneBefore() {
        prices.put("before", 1L);
        try (SteppedJob job = start(following(PRICES, o -> {}), 2)) {
            prices.put("after", 2L);
            job.runUntilIdle();
        }
        assertEquals(List.of("PUT after"), seen());
    }

    @Test
    void beginsWithTheOldestChangeThatIsKept() {
        small.changes();
        put(6);
        try (SteppedJob job = start(following(SMALL, MapChangesOptions::fromOldest), 2)) {
            job.runUntilIdle();
        }
        assertEquals(List.of("PUT k2", "PUT k3", "PUT k4", "PUT k5"), seen());
    }

    @Test
    void tellsEachKindOfChange() {
        prices.put("a", 1L);
        try (SteppedJob job = start(following(PRICES, MapChangesOptions::fromContent), 3)) {
            job.runUntilIdle();
            prices.put("b", 1L);
            prices.put("b", 2L);
            prices.remove("b");
            prices.put("c", 1L, Duration.ofSeconds(1));
            nowNs.addAndGet(Duration.ofSeconds(2).toNanos());
            job.runUntilIdle();
            prices.clear();
            job.runUntilIdle();
        }
        assertEquals(
                List.of("CLEAR a", "EXPIRE c", "PRESENT a", "PUT b", "PUT c", "REMOVE b", "UPDATE b"), seen());
    }

    @Test
    void aGapFailsTheJobAndSaysWhatToDo() {
        try (SteppedJob job = start(following(SMALL, o -> {}), 2)) {
            put(SMALL_JOURNAL + 3);
            job.runUntilIdle();
            assertEquals(
                    "job 'j': stage 'changes of small': fell behind the changes of map 'small' and lost 3 of partition"
                            + " 0; raise the map's journalCapacity, which is 4, let the job do less for each change, or"
                            + " choose skipGaps() or readContentAfterGaps()",
                    job.failure().getMessage());
            assertEquals(STAGE, job.failure().stage());
        }
    }

    @Test
    void skipsGapsAndCountsWhatIsLost() {
        try (SteppedJob job = start(following(SMALL, MapChangesOptions::skipGaps), 2)) {
            put(SMALL_JOURNAL + 3);
            job.runUntilIdle();
            put(SMALL_JOURNAL + 2);
            job.runUntilIdle();
            assertNull(job.failure());
            assertEquals(5, job.metrics().count(STAGE, "lost"));
            assertEquals(2 * SMALL_JOURNAL, job.metrics().eventsOut(STAGE));
        }
    }

    @Test
    void readsTheContentAnewAfterAGap() {
        small.put("gone", 0L);
        Map<String, Long> copy = new TreeMap<>();
        try (SteppedJob job = start(following(SMALL, o -> o.fromContent().readContentAfterGaps()), 2)) {
            job.runUntilIdle();
            small.remove("gone");
            put(SMALL_JOURNAL + 3);
            job.runUntilIdle();
            small.put("k0", 100L);
            small.remove("k1");
            job.runUntilIdle();
            assertEquals(4, job.metrics().count(STAGE, "lost"));
        }
        SEEN.forEach(change -> {
            if (change.kind().removes()) {
                copy.remove(change.key());
            } else {
                copy.put(change.key(), change.after());
            }
        });
        assertEquals(0L, copy.remove("gone"), "a removal within the gap is not told");
        assertEquals(new TreeMap<>(small), copy);
    }

    @Test
    void aJournalThatWritersOverrunBeforeTheOldestChangeIsReadIsNoGap() throws Exception {
        small.changes();
        put(SMALL_JOURNAL);
        MapChangesSource<String, Long> source =
                new MapChangesSource<>(SMALL, MapChangesSource.Start.OLDEST, MapChangesSource.OnGap.FAIL);
        SourceDriver driver = new SourceDriver(grid, STAGE);
        source.open(driver);
        source.snapshot(); // begins, but reads nothing yet
        put(2);
        driver.fill(source);
        driver.fill(source);
        assertEquals(List.of(2L, 3L, 4L, 5L), driver.sequences());
        put(SMALL_JOURNAL + 1);
        assertThrows(RuntimeException.class, () -> driver.fill(source));
    }

    @Test
    void aMapWithoutAJournalIsRefusedWhenTheJobIsSubmitted() {
        String message = assertThrows(
                        JobException.class, () -> Jobs.of(grid).submit(following(SILENT, o -> {})))
                .getMessage();
        assertEquals(
                "stage 'changes of silent': cannot open: GridException: map 'silent': keeps no journal of its changes;"
                        + " set journalCapacity above 0",
                message.substring(message.indexOf("stage '")));
    }

    /** The three instances without a partition have ended, and hold no window open. */
    @Test
    void instancesWithoutPartitionsDoNotHoldTimeBack() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(SMALL))
                .withTimestamps(MapChange::after, Duration.ZERO)
                .groupingKey(change -> 1L)
                .window(WindowDefinition.tumbling(Duration.ofMillis(2)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, KeyedWindowResult::endMs, KeyedWindowResult::result));
        try (SteppedJob job = start(pipeline, 4)) {
            put(SMALL_JOURNAL); // with the times 0 to 3
            job.runUntilIdle();
            assertEquals(Map.of(2L, 2L), grid.map(COUNTS));
        }
    }

    @Test
    void isExplained() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(PRICES))
                .filter(change -> change.kind() == MapChange.Kind.UPDATE)
                .writeTo(Sinks.noop());
        assertEquals("""
                vertex 1 x2
                  changes of prices (map-changes)  interpreted: reads through its own code
                    filter                         compiled, loop 1
                      noop (noop sink)             compiled, loop 1
                """, pipeline.explain(2));
    }
}
