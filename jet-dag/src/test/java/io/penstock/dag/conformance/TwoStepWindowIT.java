package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.StageOptions;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A window that aggregates before and after the exchange, where there is one. */
class TwoStepWindowIT extends Conformance {

    private static final long EVENTS = 20_000;
    private static final long WINDOW_MS = 100;
    private static final long PER_MS = 10;
    private static final int JITTER_MS = 40;
    private static final Tag<Failure<Long>> LATE = Tag.of("late");
    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");
    /** Marks the rows of a side output. */
    private static final long ASIDE = -1;

    /** Not in order, by up to {@link #JITTER_MS}. */
    private static long timeMs(long index) {
        return index / PER_MS + Math.floorMod(index * 0x9E3779B9L >>> 7, JITTER_MS);
    }

    /** Some are far behind. */
    private static long lateTimeMs(long index) {
        return Math.max(0, timeMs(index) - (index % 97 == 0 ? 1_000 : 0));
    }

    private static Long key(long index) {
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
            Host host, boolean hasLate, AggregateOperation<Long, long[], Long> operation,
            Consumer<StageOptions<Long>> settings) {
        Pipeline pipeline = Pipeline.create();
        Stage<KeyedWindowResult<Long, Long>> results = pipeline.readFrom(Sources.generator(EVENTS, index -> index))
                .withTimestamps(
                        hasLate ? TwoStepWindowIT::lateTimeMs : TwoStepWindowIT::timeMs,
                        Duration.ofMillis(hasLate ? 0 : JITTER_MS))
                .groupingKey(TwoStepWindowIT::key)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(operation, settings);
        count(host, results.map(result -> new Row(result.endMs(), result.key(), result.result())));
        return pipeline;
    }

    private static void countAside(Host host, Pipeline pipeline, Tag<Failure<Long>> tag) {
        count(host, pipeline.sideOutput(tag).map(failure -> new Row(ASIDE, failure.event(), 0)));
    }

    /** How many events the results hold, none of which came twice; and how many came aside. */
    private static long[] counted(Host host) {
        long[] counted = new long[2];
        Set<List<Long>> seen = new HashSet<>();
        counts(host).forEach((row, count) -> {
            assertEquals(1, count, () -> "how often " + row + " came");
            if (row.a() == ASIDE) {
                counted[1]++;
            } else {
                assertTrue(seen.add(List.of(row.a(), row.b())), () -> "fired twice: " + row);
                counted[0] += row.c();
            }
        });
        return counted;
    }

    @OnEveryHost
    void countsEachEventOnce(Host host) throws Exception {
        Job job = run(host, pipeline(host, false, counting(), o -> {}));

        Map<List<Long>, Long> expected = new HashMap<>();
        for (long index = 0; index < EVENTS; index++) {
            expected.merge(List.of((timeMs(index) / WINDOW_MS + 1) * WINDOW_MS, key(index)), 1L, Long::sum);
        }
        assertRows(host, expected.entrySet().stream()
                .map(entry -> new Row(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                .toList());
        JobMetrics metrics = job.metrics();
        assertEquals(EVENTS, metrics.eventsIn("window"));
        assertEquals(expected.size(), metrics.eventsOut("window"));
        assertEquals(expected.size(), metrics.eventsIn("count"));
        assertEquals(0, metrics.count("window", "late"));
        assertEquals(metrics.count("window", "sent"), metrics.count("window", "received"));
        assertEquals(host != Host.ENGINE_1, metrics.count("window", "sent") > 0);
    }

    /** What one instance has passed may still be in time for the step that waits for all. */
    @OnEveryHost
    void anEventIsCountedInAWindowOrIsLate(Host host) throws Exception {
        Pipeline pipeline = pipeline(host, true, counting(), o -> o.onLate(LATE));
        countAside(host, pipeline, LATE);
        JobMetrics metrics = run(host, pipeline).metrics();

        long[] counted = counted(host);
        assertTrue(counted[1] > 0, "none is late");
        assertEquals(EVENTS, counted[0] + counted[1]);
        assertEquals(counted[1], metrics.count("window", "late"));
        assertEquals(EVENTS, metrics.eventsIn("window"));
    }

    @OnEveryHost
    void eventsForWhichAFunctionFailsGoToTheSideOutputOfEitherStep(Host host) throws Exception {
        AggregateOperation<Long, long[], Long> failing = new AggregateOperation<>(
                () -> new long[1],
                (count, index) -> {
                    if (index % 11 == 0) {
                        throw new IllegalArgumentException("accumulate");
                    }
                    count[0]++;
                },
                (count, other) -> count[0] += other[0],
                count -> count[0]);
        Pipeline pipeline = pipeline(host, true, failing, o -> o.onFailure(FAILED));
        countAside(host, pipeline, FAILED);
        JobMetrics metrics = run(host, pipeline).metrics();

        long[] counted = counted(host);
        assertEquals(metrics.count("window", "failures"), counted[1]);
        assertTrue(counted[1] > 0, "none has failed");
        assertEquals(EVENTS, counted[0] + counted[1] + metrics.count("window", "late"));
    }

    /** Where there is one instance, nothing is combined. */
    @OnEveryHost
    void aCombineFunctionThatFailsFailsTheJobAndNamesTheStage(Host host) throws Exception {
        AggregateOperation<Long, long[], Long> failing = new AggregateOperation<>(
                () -> new long[1],
                (count, index) -> count[0]++,
                (count, other) -> {
                    throw new IllegalStateException("combine");
                },
                count -> count[0]);
        Pipeline pipeline = pipeline(host, false, failing, o -> {});
        if (host == Host.ENGINE_1) {
            run(host, pipeline);
            return;
        }
        JobException failure = assertThrows(JobException.class, () -> run(host, pipeline));
        assertEquals("window", failure.stage());
        assertTrue(failure.getMessage().contains("IllegalStateException in the combine function"),
                failure.getMessage());
    }
}
