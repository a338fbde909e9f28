package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Small pipelines, whose results are in maps, and what their jobs say of themselves. */
class PipelinesIT extends Conformance {

    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);
    private static final MapRef<Long, String> REASONS = MapRef.of("reasons", Long.class, String.class);
    private static final Tag<Failure<Long>> BAD = Tag.of("bad");
    private static final Tag<Failure<Long>> LATE = Tag.of("late");

    private final Pipeline pipeline = Pipeline.create();

    private static Grid cleared(Host host) {
        Grid grid = HostGrids.of(host);
        grid.map(COUNTS).clear();
        grid.map(NUMBERS).clear();
        grid.map(REASONS).clear();
        return grid;
    }

    @OnEveryHost
    void countsByKeyAndWindow(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        pipeline.readFrom(Sources.generator(100_000, i -> i))
                .withTimestamps(i -> i, Duration.ofSeconds(10))
                .groupingKey(i -> i % 7)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(10)))
                .aggregate(AggregateOperations.summingLong(i -> i))
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));

        run(host, pipeline);

        Map<String, Long> expected = new TreeMap<>();
        for (long i = 0; i < 100_000; i++) {
            expected.merge(i % 7 + "@" + (i / 10_000 + 1) * 10_000, i, Long::sum);
        }
        assertEquals(expected, new TreeMap<>(grid.map(COUNTS)));
    }

    @OnEveryHost
    void mergesAndSplitsStreams(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        Stage<Long> all = pipeline.readFrom(Sources.generator(10_000, i -> i));
        Stage<Long> even = all.filter(i -> i % 2 == 0).map(i -> -i - 1);
        Stage<Long> odd = all.filter(i -> i % 2 == 1);
        even.merge(odd).flatMap(i -> Traverser.of(i, i + 1_000_000)).writeTo(Sinks.map(NUMBERS, i -> i));

        Job job = run(host, pipeline);

        assertEquals(20_000, grid.map(NUMBERS).size());
        assertEquals(JobStatus.COMPLETED, job.status());
        assertEquals(10_000, job.metrics().eventsIn("merge"));
        assertEquals(20_000, job.metrics().eventsIn("map-numbers"));
        assertEquals(host.instanceCount(), job.metrics().ofStage("map-numbers").size());
    }

    @OnEveryHost
    void sendsFailedEventsToASideOutputAndGoesOn(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        pipeline.readFrom(Sources.generator(1_000, i -> i))
                .map(i -> 10 / (i % 10), o -> o.name("divide").onFailure(BAD))
                .writeTo(Sinks.noop());
        Stage<Failure<Long>> failures = pipeline.sideOutput(BAD);
        failures.writeTo(Sinks.map(REASONS, Failure::event, f -> f.stage() + ": " + f.reason()));
        failures.writeTo(Sinks.logged());

        Job job = run(host, pipeline);

        assertEquals(100, grid.map(REASONS).size());
        assertEquals("divide: ArithmeticException in the stage's function", grid.map(REASONS).get(20L));
        assertEquals(900, job.metrics().eventsIn("noop"));
        assertEquals(100, job.metrics().eventsIn("logged"));
        assertEquals(100, job.metrics().count("divide", "failures"));
    }

    @OnEveryHost
    void skipsAndCountsFailures(Host host) throws InterruptedException {
        pipeline.readFrom(Sources.generator(1_000, i -> i))
                .filter(i -> 10 / (i % 10) > 0, o -> o.name("positive").skipFailures())
                .writeTo(Sinks.noop());

        Job job = run(host, pipeline);

        assertEquals(900, job.metrics().eventsIn("noop"));
        assertEquals(100, job.metrics().count("positive", "failures"));
    }

    @OnEveryHost
    void failsTheJobNamingStageAndTypeButNotTheContent(Host host) {
        pipeline.readFrom(Sources.items("secret-card-number"))
                .map(Integer::parseInt, o -> o.name("parse"))
                .writeTo(Sinks.noop());

        Job job = start(host, pipeline, o -> o.name("payments"));

        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("parse", failure.stage());
        assertMessage(host, "job 'payments': stage 'parse': event of type String: NumberFormatException in the stage's"
                + " function", failure);
        if (host.isEngine()) { // exceptions, which may be of anybody's classes, do not travel
            assertInstanceOf(NumberFormatException.class, failure.getCause());
        }
        assertEquals(JobStatus.FAILED, job.status());
    }

    /** On a cluster it says also which member it was. */
    private static void assertMessage(Host host, String expected, JobException failure) {
        String where = host.isEngine() ? "" : " (on member 127.0.0.1:PORT)";
        assertEquals(expected + where, failure.getMessage().replaceAll(":\\d{4,5}\\)$", ":PORT)"));
    }

    @OnEveryHost
    void anEventWithoutAKeyIsAFailureOfItsStage(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        pipeline.readFrom(Sources.generator(100, i -> i))
                .withTimestamps(i -> 0, Duration.ZERO)
                .groupingKey(i -> i % 10 == 0 ? null : i)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> i, o -> o.onFailure(BAD))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.map(REASONS, Failure::event, Failure::reason));

        Job job = run(host, pipeline);

        assertEquals(90, job.metrics().eventsIn("noop"));
        assertEquals(10, grid.map(REASONS).size());
        assertEquals("the key is null", grid.map(REASONS).get(50L));
    }

    @OnEveryHost
    void sendsLateEventsToASideOutput(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        pipeline.readFrom(Sources.collection(LongStream.range(0, 3_000).boxed().toList()))
                .withTimestamps(i -> i == 2_999 ? 5 : i, Duration.ZERO)
                .groupingKey(i -> 0)
                .window(WindowDefinition.tumbling(Duration.ofMillis(100)))
                .aggregate(AggregateOperations.counting(), o -> o.onLate(LATE))
                .writeTo(Sinks.map(NUMBERS, KeyedWindowResult::endMs, KeyedWindowResult::result));
        pipeline.sideOutput(LATE).writeTo(Sinks.map(REASONS, Failure::event, Failure::reason));

        Job job = run(host, pipeline);

        assertEquals(List.of(2_999L), List.copyOf(grid.map(REASONS).keySet()));
        assertEquals(1, job.metrics().count("window", "late"));
        assertEquals(2_999, grid.map(NUMBERS).values().stream().mapToLong(count -> count).sum());
    }

    @OnEveryHost
    void aKeyAllOfWhoseEventsFailHasNoResult(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        pipeline.readFrom(Sources.generator(100, i -> i))
                .withTimestamps(i -> i, Duration.ofSeconds(1))
                .groupingKey(i -> i % 2)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.summingLong(i -> 10 / (i % 2)), o -> o.skipFailures())
                .writeTo(Sinks.map(NUMBERS, KeyedWindowResult::key, KeyedWindowResult::result));

        Job job = run(host, pipeline);

        assertEquals(Map.of(1L, 500L), new TreeMap<>(grid.map(NUMBERS)));
        assertEquals(50, job.metrics().count("window", "failures"));
    }

    @OnEveryHost
    void aSourceThatCannotBeOpenedFailsTheSubmit(Host host) {
        pipeline.readFrom(SourceBuilder.batch("file", () -> {
                            throw new FileNotFoundException("no such file");
                        })
                        .<String>fillBufferFn((context, buffer) -> buffer.close())
                        .build())
                .writeTo(Sinks.noop());

        JobException failure = assertThrows(JobException.class, () -> start(host, pipeline, o -> o.name("j")));

        assertMessage(host, "job 'j': stage 'file': cannot open: FileNotFoundException: no such file", failure);
        assertEquals("file", failure.stage());
    }

    @OnEveryHost
    void joinsEachEventWithWhatWasKnownAtItsTime(Host host) throws InterruptedException {
        Grid grid = cleared(host);
        long seed = 42;
        long[] times = new Random(seed).longs(5_000, 0, 1_000).toArray();
        Stage<Long> all = pipeline.readFrom(Sources.generator(times.length, i -> i))
                .withTimestamps(i -> times[i.intValue()], Duration.ofSeconds(1));
        Stage<Long> events = all.filter(i -> i % 2 == 0);
        Stage<Long> facts = all.filter(i -> i % 2 == 1);
        events.groupingKey(i -> i % 10 / 2)
                .joinAsOf(facts.groupingKey(i -> i % 10 / 2), Duration.ofHours(1), () -> new long[1],
                        (sum, fact) -> sum[0] += fact, (sum, key, event) -> new long[] {event, sum[0]})
                .writeTo(Sinks.map(NUMBERS, pair -> pair[0], pair -> pair[1]));

        run(host, pipeline);

        GridMap<Long, Long> result = grid.map(NUMBERS);
        assertEquals(2_500, result.size());
        Map<Long, Long> found = new TreeMap<>(result);
        for (long event = 0; event < times.length; event += 2) {
            long expected = 0;
            for (long fact = 1; fact < times.length; fact += 2) {
                if (fact % 10 / 2 == event % 10 / 2 && times[(int) fact] <= times[(int) event]) {
                    expected += fact;
                }
            }
            assertEquals(expected, found.get(event), "event " + event + ", seed " + seed);
        }
    }

    @OnEveryHost
    void takesEventsInTheOrderOfTimeWhenAsked(Host host) throws InterruptedException {
        pipeline.readFrom(Sources.generator(10_000, i -> i))
                .withTimestamps(i -> i * 7919 % 10_000 / 10, Duration.ofSeconds(10))
                .groupingKey(i -> "all")
                .mapStateful(Duration.ofHours(1), () -> new long[] {-1}, (last, key, i) -> {
                    long position = i * 7919 % 10_000 / 10 * 100_000 + i;
                    boolean inOrder = position > last[0];
                    last[0] = position;
                    return inOrder ? null : i;
                }, o -> o.inTimeOrder(Long::compare).name("ordered"))
                .writeTo(Sinks.noop());

        Job job = run(host, pipeline);

        assertEquals(10_000, job.metrics().eventsIn("ordered"));
        assertEquals(0, job.metrics().eventsIn("noop"));
    }

    @OnEveryHost
    void aFactThatCannotBeTakenFailsTheJobUnlessFailuresAreSkipped(Host host) {
        Stage<Long> all = pipeline.readFrom(Sources.generator(100, i -> i)).withTimestamps(i -> i, Duration.ZERO);
        all.groupingKey(i -> 0)
                .joinAsOf(all.map(i -> "fact " + i).groupingKey(i -> 0), Duration.ofHours(1), () -> new long[1],
                        (state, fact) -> state[0] += Long.parseLong(fact), (state, key, i) -> i,
                        o -> o.onFailure(BAD).name("strict"))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.noop());

        JobException failure = assertThrows(JobException.class, () -> run(host, pipeline));

        assertEquals("strict", failure.stage());
        assertTrue(failure.getMessage().contains("event of type String"), failure.getMessage());
    }
}
