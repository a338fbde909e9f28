package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.TimestampOptions;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What time does when an input gives nothing. An event is its own time; windows are 10 ms; the lag is 0. */
@Timeout(60)
class IdleInputsTest {

    private static final MapRef<Long, Long> COUNTS = MapRef.of("counts", Long.class, Long.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Consumer<TimestampOptions<Long>> IDLE = o -> o.idleAfter(SECOND);

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @Test
    void aSilentInstanceHoldsTheOthersBackUnlessToldOtherwise() {
        window(pipeline.readFrom(Hand.source(2)).withTimestamps(i -> i, Duration.ZERO));
        try (SteppedJob job = start(1)) {
            send(job, 0, 5, 25);
            job.advanceTime(Duration.ofDays(1));
            expect(Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anIdleInstanceIsLeftOutOfTheMinimum(long seed) {
        window(pipeline.readFrom(Hand.source(2)).withTimestamps(i -> i, Duration.ZERO, IDLE));
        try (SteppedJob job = start(seed)) {
            send(job, 0, 5);
            job.advanceTime(SECOND.minusMillis(1));
            send(job, 0, 25);
            expect(Map.of());
            job.advanceTime(Duration.ofMillis(1));
            expect(Map.of(10L, 1L));
            send(job, 0, 31);
            expect(Map.of(10L, 1L, 30L, 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anEventMakesItsInstanceActiveAgain(long seed) {
        window(pipeline.readFrom(Hand.source(2)).withTimestamps(i -> i, Duration.ZERO, IDLE));
        try (SteppedJob job = start(seed)) {
            job.advanceTime(SECOND);
            send(job, 0, 5, 21);
            expect(Map.of(10L, 1L));
            send(job, 1, 22);
            send(job, 0, 100);
            expect(Map.of(10L, 1L));
            send(job, 1, 40);
            expect(Map.of(10L, 1L, 30L, 2L));
        }
    }

    @Test
    void whatAnInstanceGivesThatComesBackMayBeLate() {
        window(pipeline.readFrom(Hand.source(2)).withTimestamps(i -> i, Duration.ZERO, IDLE));
        try (SteppedJob job = start(1)) {
            job.advanceTime(SECOND);
            send(job, 0, 5, 21);
            send(job, 1, 3);
            expect(Map.of(10L, 1L));
            assertEquals(1, job.metrics().count("window", "late"));
        }
    }

    @Test
    void whereAllAreIdleTheNewestCounts() {
        window(pipeline.readFrom(Hand.source(2)).withTimestamps(i -> i, Duration.ZERO, IDLE));
        try (SteppedJob job = start(1)) {
            send(job, 0, 25);
            send(job, 1, 3);
            expect(Map.of());
            job.advanceTime(SECOND);
            expect(Map.of(10L, 1L));
        }
    }

    /** The exchange in between must tell its readers that none of its inputs gives anything. */
    @Test
    void idlenessGoesOnThroughAnExchange() {
        Stage<Long> silent = pipeline.readFrom(Hand.source(2))
                .withTimestamps(i -> i, Duration.ZERO, IDLE)
                .groupingKey(i -> i)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> i);
        Stage<Long> items = pipeline.readFrom(Sources.generator(100, i -> i)).withTimestamps(i -> i, Duration.ZERO);
        window(silent.merge(items.filter(i -> i < 50)));
        try (SteppedJob job = start(1)) {
            job.runUntilIdle();
            expect(Map.of());
            job.advanceTime(SECOND);
            expect(Map.of(10L, 10L, 20L, 10L, 30L, 10L, 40L, 10L, 50L, 10L));
            Hand.end();
            job.runUntilIdle();
            expect(Map.of(10L, 10L, 20L, 10L, 30L, 10L, 40L, 10L, 50L, 10L));
        }
    }

    @Test
    void timeGoesOnByItselfWhenAsked() {
        window(pipeline.readFrom(Hand.source(2))
                .withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(Duration.ofMillis(4)).advanceWhenIdle()));
        try (SteppedJob job = start(1)) {
            send(job, 0, 3);
            job.advanceTime(Duration.ofMillis(6));
            expect(Map.of());
            job.advanceTime(Duration.ofMillis(1));
            expect(Map.of(10L, 1L));
            send(job, 0, 9, 12);
            assertEquals(1, job.metrics().count("window", "late"));
            job.advanceTime(Duration.ofMillis(8));
            expect(Map.of(10L, 1L, 20L, 1L));
        }
    }

    @Test
    void timeThatGoesOnByItselfDoesNotOvertakeAnInstanceThatIsNotIdle() {
        window(pipeline.readFrom(Hand.source(2))
                .withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(SECOND).advanceWhenIdle()));
        try (SteppedJob job = start(1)) {
            send(job, 0, 3);
            for (long event = 0; event < 8; event++) {
                send(job, 1, event);
                job.advanceTime(Duration.ofMillis(900));
            }
            expect(Map.of());
            job.advanceTime(Duration.ofMillis(100));
            expect(Map.of(10L, 9L));
        }
    }

    @Test
    void withoutAnyEventThereIsNothingToGoOnFrom() {
        window(pipeline.readFrom(Hand.source(1))
                .withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(SECOND).advanceWhenIdle()));
        try (SteppedJob job = start(1)) {
            job.advanceTime(Duration.ofDays(1));
            send(job, 0, 5);
            assertEquals(0, job.metrics().count("window", "late"));
            expect(Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theEngineNoticesIdlenessByItsOwnClock(int workers) throws InterruptedException {
        window(pipeline.readFrom(Hand.source(3))
                .withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(Duration.ofMillis(20)).advanceWhenIdle()));
        Job job = Jobs.of(grid, o -> o.workers(workers)).submit(pipeline);
        Hand.send(0, 5);
        Hand.send(1, 7);
        long beganNs = System.nanoTime();
        while (!Map.of(10L, 2L).equals(grid.map(COUNTS))) {
            assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(30), grid.map(COUNTS)::toString);
            Thread.yield();
        }
        Hand.end();
        job.join();
    }

    /** A worker that has much to do tells the time nevertheless. */
    @Test
    void ticksComeInTheMiddleOfWork() throws InterruptedException {
        window(pipeline.readFrom(Hand.source(1))
                .withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(Duration.ofMillis(20)).advanceWhenIdle()));
        Pipeline busy = Pipeline.create();
        busy.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Jobs jobs = Jobs.of(grid, o -> o.workers(1));
        jobs.submit(busy);
        jobs.submit(pipeline);
        Hand.send(0, 5);
        long beganNs = System.nanoTime();
        while (!Map.of(10L, 1L).equals(grid.map(COUNTS))) {
            assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(30), grid.map(COUNTS)::toString);
            Thread.yield();
        }
    }

    @Test
    void refusesTimeThatGoesOnWhenItIsNeverIdle() {
        Stage<Long> hand = pipeline.readFrom(Hand.source(1));
        assertEquals(
                "stage 'timestamps': advanceWhenIdle() needs to know when that is; add idleAfter(duration)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> hand.withTimestamps(i -> i, Duration.ZERO, TimestampOptions::advanceWhenIdle))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> hand.withTimestamps(i -> i, Duration.ZERO, o -> o.idleAfter(Duration.ZERO)));
    }

    private static void window(Stage<Long> stage) {
        stage.groupingKey(i -> 0)
                .window(WindowDefinition.tumbling(Duration.ofMillis(10)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, KeyedWindowResult::endMs, KeyedWindowResult::result));
    }

    private SteppedJob start(long seed) {
        SteppedJob job = SteppedJob.start(grid, "test", Planner.plan(pipeline.forHost(), 2), new Random(seed));
        job.runUntilIdle();
        return job;
    }

    private static void send(SteppedJob job, int instance, long... events) {
        for (long event : events) {
            Hand.send(instance, event);
        }
        job.runUntilIdle();
    }

    private void expect(Map<Long, Long> counts) {
        assertEquals(new TreeMap<>(counts), new TreeMap<>(grid.map(COUNTS)));
    }
}
