package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteppedJobTest {

    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final List<Long> SEEN = new ArrayList<>();

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        SEEN.clear();
        grid.close();
    }

    @Test
    void runsAJobToItsEndWithoutThreads() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (long seed = 0; seed < 20; seed++) {
            grid.map(COUNTS).clear();
            try (SteppedJob job = start(countingByKeyAndWindow(), 3, seed)) {
                job.runUntilIdle();
                assertEquals(JobStatus.COMPLETED, job.status());
                assertNull(job.failure());
            }
            assertEquals(70, grid.map(COUNTS).size(), "seed " + seed);
            assertTrue(grid.map(COUNTS).values().stream().allMatch(count -> count >= 142), "seed " + seed);
        }
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        assertTrue(started.stream().noneMatch(thread -> thread.getName().startsWith("penstock")), started.toString());
    }

    private static Pipeline countingByKeyAndWindow() {
        Pipeline counting = Pipeline.create();
        counting.readFrom(Sources.generator(10_000, i -> i))
                .withTimestamps(i -> i, Duration.ofSeconds(10))
                .groupingKey(i -> i % 7)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));
        return counting;
    }

    @Test
    void theSeedDecidesTheOrder() {
        pipeline.readFrom(Sources.generator(2_000, i -> i))
                .withTimestamps(i -> i, Duration.ofHours(1))
                .groupingKey(i -> i)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> seen(i))
                .writeTo(Sinks.noop());
        Set<List<Long>> orders = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            List<Long> order = orderOf(seed);
            assertEquals(order, orderOf(seed), "seed " + seed);
            orders.add(order);
        }
        assertTrue(orders.size() > 1, "ten seeds, one order");
    }

    private static Long seen(Long event) {
        SEEN.add(event);
        return event;
    }

    private List<Long> orderOf(long seed) {
        SEEN.clear();
        try (SteppedJob job = start(pipeline, 3, seed)) {
            job.runUntilIdle();
        }
        return List.copyOf(SEEN);
    }

    @Test
    void tellsWhichStageFailed() {
        pipeline.readFrom(Sources.items("1", "x")).map(Integer::parseInt, o -> o.name("parse")).writeTo(Sinks.noop());
        try (SteppedJob job = start(pipeline, 2, 1)) {
            job.runUntilIdle();
            assertEquals(JobStatus.FAILED, job.status());
            assertEquals("parse", job.failure().stage());
        }
    }

    @Test
    void refusesAJobThatCannotBeOpened() {
        pipeline.readFrom(SourceBuilder.batch("file", SteppedJobTest::missing)
                .<String>fillBufferFn((context, buffer) -> buffer.close()).build()).writeTo(Sinks.noop());
        JobException refusal = assertThrows(JobException.class, () -> start(pipeline, 2, 1));
        assertEquals("file", refusal.stage());
    }

    private static Object missing() {
        throw new IllegalStateException("no such file");
    }

    private SteppedJob start(Pipeline started, int workers, long seed) {
        return SteppedJob.start(grid, "test", Planner.plan(started.forHost(), workers), new Random(seed));
    }
}
