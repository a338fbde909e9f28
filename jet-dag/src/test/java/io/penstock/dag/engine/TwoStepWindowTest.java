package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.Failure;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.StageOptions;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window that aggregates before and after the exchange gives what one gives that aggregates behind it. */
class TwoStepWindowTest {

    private static final long EVENTS = 20_000;
    private static final long WINDOW_MS = 100;
    private static final long PER_MS = 10;
    private static final int JITTER_MS = 40;
    private static final Tag<Failure<Long>> LATE = Tag.of("late");
    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");

    private static final List<KeyedWindowResult<?, ?>> RESULTS = new ArrayList<>();
    private static final List<Failure<?>> FAILURES = new ArrayList<>();
    private static long created;
    private static long keysTaken;

    private final Grid grid = Grid.embedded();

    @BeforeEach
    void forget() {
        RESULTS.clear();
        FAILURES.clear();
        created = 0;
        keysTaken = 0;
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    private static final class Collecting implements Operator {
        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                if (batch.event(row) instanceof Failure<?> failure) {
                    FAILURES.add(failure);
                } else {
                    RESULTS.add((KeyedWindowResult<?, ?>) batch.event(row));
                }
            }
        }
    }

    /** Not in order, by up to {@link #JITTER_MS}. */
    private static long timeMs(long index) {
        return index / PER_MS + Math.floorMod(index * 0x9E3779B9L >>> 7, JITTER_MS);
    }

    /** Some are far behind. */
    private static long lateTimeMs(long index) {
        return Math.max(0, timeMs(index) - (index % 97 == 0 ? 1_000 : 0));
    }

    private static Long key(Long index) {
        keysTaken++;
        return index / 7 % 50;
    }

    private static AggregateOperation<Long, long[], Long> counting() {
        return new AggregateOperation<>(
                () -> new long[1],
                (count, index) -> count[0]++,
                (count, other) -> count[0] += other[0],
                count -> count[0]);
    }

    private static Pipeline pipeline(
            long events, long lagMs, AggregateOperation<Long, long[], Long> operation,
            Consumer<StageOptions<Long>> settings) {
        return pipeline(events, lagMs, operation, settings, false);
    }

    private static Pipeline pipeline(
            long events, long lagMs, AggregateOperation<Long, long[], Long> operation,
            Consumer<StageOptions<Long>> settings, boolean readsFailures) {
        Pipeline pipeline = Pipeline.create();
        Stage<?> results = pipeline.readFrom(Sources.generator(events, index -> index))
                .withTimestamps(
                        lagMs == 0 ? TwoStepWindowTest::lateTimeMs : TwoStepWindowTest::timeMs,
                        Duration.ofMillis(lagMs))
                .groupingKey(TwoStepWindowTest::key)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(operation, settings);
        results.custom(OperatorSpec.of("collect", Collecting::new));
        if (readsFailures) {
            pipeline.sideOutput(FAILED).custom(OperatorSpec.of("failures", Collecting::new));
        }
        return pipeline;
    }

    private JobMetrics run(Pipeline pipeline, int workers, long seed) {
        try (SteppedJob job = SteppedJob.start(grid, "test", plan(pipeline, workers), new Random(seed))) {
            job.runUntilIdle();
            assertNull(job.failure());
            assertEquals(JobStatus.COMPLETED, job.status());
            return job.metrics();
        }
    }

    private static Plan plan(Pipeline pipeline, int workers) {
        Plan plan = Planner.plan(PipelinePlans.of(pipeline), workers);
        assertEquals(workers > 1, plan.explain().contains("window-first"), plan::explain);
        return plan;
    }

    /** How many events the results hold, none of which came twice. */
    private static long counted() {
        Set<List<Object>> seen = new HashSet<>();
        long count = 0;
        for (KeyedWindowResult<?, ?> result : RESULTS) {
            assertTrue(seen.add(List.of(result.key(), result.endMs())), () -> "fired twice: " + result);
            count += (Long) result.result();
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void countsEachEventOnceOnAnyNumberOfWorkers(int workers) {
        Map<List<Object>, Long> expected = new HashMap<>();
        for (long index = 0; index < EVENTS; index++) {
            expected.merge(
                    List.of(index / 7 % 50, (timeMs(index) / WINDOW_MS + 1) * WINDOW_MS), 1L, Long::sum);
        }
        for (long seed = 0; seed < 3; seed++) {
            forget();
            JobMetrics metrics = run(pipeline(EVENTS, JITTER_MS, counting(), o -> {}), workers, seed);

            Map<List<Object>, Long> results = new HashMap<>();
            RESULTS.forEach(result -> results.merge(
                    List.of(result.key(), result.endMs()), (Long) result.result(), Long::sum));
            assertEquals(expected, results, "seed " + seed);
            assertEquals(EVENTS, counted());
            assertEquals(EVENTS, metrics.eventsIn("window"));
            assertEquals(RESULTS.size(), metrics.eventsOut("window"));
            assertEquals(RESULTS.size(), metrics.eventsIn("collect"));
            assertEquals(0, metrics.count("window", "late"));
        }
    }

    @Test
    void theFirstStepTakesEachKeyOnceAndSendsLess() {
        JobMetrics metrics = run(pipeline(EVENTS, JITTER_MS, counting(), o -> {}), 2, 1);

        assertEquals(EVENTS, keysTaken);
        long sent = metrics.count("window", "sent");
        assertEquals(sent, metrics.count("window", "received"));
        assertTrue(sent >= RESULTS.size() && sent <= 2L * RESULTS.size(), sent + " for " + RESULTS.size());
    }

    /** What one worker has passed may still be in time for the step that waits for all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anEventIsCountedInAWindowOrIsLate(int workers) {
        for (long seed = 0; seed < 3; seed++) {
            forget();
            Pipeline pipeline = pipeline(EVENTS, 0, counting(), o -> o.onLate(LATE));
            pipeline.sideOutput(LATE).custom(OperatorSpec.of("late", Collecting::new));
            JobMetrics metrics = run(pipeline, workers, seed);

            assertTrue(metrics.count("window", "late") > 0, "none is late");
            assertEquals(EVENTS, counted() + FAILURES.size(), "seed " + seed);
            assertEquals(FAILURES.size(), metrics.count("window", "late"));
            assertEquals(EVENTS, metrics.eventsIn("window"));
            assertTrue(FAILURES.stream().allMatch(late -> late.stage().equals("window")));
        }
    }

    @Test
    void accumulatorsAreSentWhenTheyAreTooMany() {
        Pipeline pipeline = Pipeline.create();
        long events = 400_000;
        pipeline.readFrom(Sources.generator(events, index -> index))
                .withTimestamps(index -> 0, Duration.ZERO)
                .groupingKey(index -> index % 200_000)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(counting())
                .custom(OperatorSpec.of("collect", Collecting::new));
        JobMetrics metrics = run(pipeline, 2, 1);

        assertEquals(200_000, RESULTS.size());
        assertEquals(events, counted());
        assertEquals(events, metrics.eventsIn("window"));
        assertTrue(RESULTS.stream().allMatch(result -> (Long) result.result() == 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eventsForWhichAFunctionFailsGoToTheSideOutputOfEitherStep(int workers) {
        AggregateOperation<Long, long[], Long> failing = new AggregateOperation<>(
                () -> {
                    if (++created % 3 == 0) {
                        throw new IllegalStateException("create");
                    }
                    return new long[1];
                },
                (count, index) -> {
                    if (index % 11 == 0) {
                        throw new IllegalArgumentException("accumulate");
                    }
                    count[0]++;
                },
                (count, other) -> count[0] += other[0],
                count -> count[0]);
        JobMetrics metrics = run(pipeline(EVENTS, 0, failing, o -> o.onFailure(FAILED), true), workers, 1);

        assertEquals(metrics.count("window", "failures"), FAILURES.size());
        assertEquals(EVENTS, counted() + FAILURES.size() + metrics.count("window", "late"));
        assertTrue(FAILURES.stream().anyMatch(failure -> failure.reason().startsWith("IllegalState")));
        assertTrue(FAILURES.stream().anyMatch(failure -> failure.reason().startsWith("IllegalArgument")));
        assertTrue(FAILURES.stream().allMatch(failure -> failure.stage().equals("window") && failure.key() != null));
    }

    private static AggregateOperation<Long, long[], Long> failingToCombine() {
        return new AggregateOperation<>(
                () -> new long[1],
                (count, index) -> count[0]++,
                (count, other) -> {
                    throw new IllegalStateException("combine");
                },
                count -> count[0]);
    }

    /** A side output carries events, not accumulators. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCombineFunctionThatFailsFailsTheJobAndNamesTheStage(boolean hasSideOutput) {
        Pipeline pipeline = pipeline(
                EVENTS, JITTER_MS, failingToCombine(), hasSideOutput ? o -> o.onFailure(FAILED) : o -> {}, hasSideOutput);
        try (SteppedJob job = SteppedJob.start(grid, "test", plan(pipeline, 2), new Random(1))) {
            job.runUntilIdle();
            JobException failure = job.failure();
            assertEquals("window", failure.stage());
            assertTrue(failure.getMessage().contains("IllegalStateException in the combine function"),
                    failure.getMessage());
        }
    }

    @Test
    void aCombineFunctionThatFailsIsSkippedWhenAsked() {
        JobMetrics metrics = run(pipeline(EVENTS, JITTER_MS, failingToCombine(), o -> o.skipFailures()), 2, 1);

        assertTrue(metrics.count("window", "failures") > 0);
        assertEquals(
                metrics.count("window", "received"), RESULTS.size() + metrics.count("window", "failures"));
        assertEquals(EVENTS, metrics.eventsIn("window"));
    }
}
