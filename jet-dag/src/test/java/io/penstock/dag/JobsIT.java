package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JobsIT {

    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);
    private static final MapRef<Long, String> REASONS = MapRef.of("reasons", Long.class, String.class);
    private static final Tag<Failure<Long>> BAD = Tag.of("bad");
    private static final Tag<Failure<Long>> LATE = Tag.of("late");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Grid grid = Grid.embedded(config -> config.name("test").meterRegistry(registry));
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void countsByKeyAndWindow(int workers) throws InterruptedException {
        pipeline.readFrom(Sources.generator(100_000, i -> i))
                .withTimestamps(i -> i, Duration.ofSeconds(10))
                .groupingKey(i -> i % 7)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(10)))
                .aggregate(AggregateOperations.summingLong(i -> i))
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));

        Jobs.of(grid, o -> o.workers(workers)).submit(pipeline).join();

        Map<String, Long> expected = new TreeMap<>();
        for (long i = 0; i < 100_000; i++) {
            expected.merge(i % 7 + "@" + (i / 10_000 + 1) * 10_000, i, Long::sum);
        }
        assertEquals(expected, new TreeMap<>(grid.map(COUNTS)));
    }

    @Test
    void mergesAndSplitsStreams() throws InterruptedException {
        Stage<Long> all = pipeline.readFrom(Sources.generator(10_000, i -> i));
        Stage<Long> even = all.filter(i -> i % 2 == 0).map(i -> -i - 1);
        Stage<Long> odd = all.filter(i -> i % 2 == 1);
        even.merge(odd).flatMap(i -> Traverser.of(i, i + 1_000_000)).writeTo(Sinks.map(NUMBERS, i -> i));

        Job job = Jobs.of(grid, o -> o.workers(3)).submit(pipeline);
        job.join();

        assertEquals(20_000, grid.map(NUMBERS).size());
        assertEquals(JobStatus.COMPLETED, job.status());
        assertEquals(10_000, job.metrics().eventsIn("merge"));
        assertEquals(20_000, job.metrics().eventsIn("map-numbers"));
        assertEquals(3, job.metrics().ofStage("map-numbers").size());
    }

    @Test
    void sendsFailedEventsToASideOutputAndGoesOn() throws InterruptedException {
        pipeline.readFrom(Sources.generator(1_000, i -> i))
                .map(i -> 10 / (i % 10), o -> o.name("divide").onFailure(BAD))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.map(REASONS, Failure::event, f -> f.stage() + ": " + f.reason()));

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        assertEquals(100, grid.map(REASONS).size());
        assertEquals("divide: ArithmeticException in the stage's function", grid.map(REASONS).get(20L));
        assertEquals(900, job.metrics().eventsIn("noop"));
        assertEquals(100, job.metrics().count("divide", "failures"));
    }

    @Test
    void skipsAndCountsFailures() throws InterruptedException {
        pipeline.readFrom(Sources.generator(1_000, i -> i))
                .filter(i -> 10 / (i % 10) > 0, o -> o.name("positive").skipFailures())
                .writeTo(Sinks.noop());

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        assertEquals(900, job.metrics().eventsIn("noop"));
        assertEquals(100, job.metrics().count("positive", "failures"));
    }

    @Test
    void failsTheJobNamingStageAndTypeButNotTheContent() {
        pipeline.readFrom(Sources.items("secret-card-number"))
                .map(Integer::parseInt, o -> o.name("parse"))
                .writeTo(Sinks.noop());

        Job job = Jobs.of(grid).submit(pipeline, o -> o.name("payments"));

        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("parse", failure.stage());
        assertEquals("job 'payments': stage 'parse': event of type String: NumberFormatException in the stage's"
                + " function", failure.getMessage());
        assertInstanceOf(NumberFormatException.class, failure.getCause());
        assertEquals(JobStatus.FAILED, job.status());
    }

    @Test
    void anEventWithoutAKeyIsAFailureOfItsStage() throws InterruptedException {
        pipeline.readFrom(Sources.generator(100, i -> i))
                .withTimestamps(i -> 0, Duration.ZERO)
                .groupingKey(i -> i % 10 == 0 ? null : i)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> i, o -> o.onFailure(BAD))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.map(REASONS, Failure::event, Failure::reason));

        Job job = Jobs.of(grid, o -> o.workers(4)).submit(pipeline);
        job.join();

        assertEquals(90, job.metrics().eventsIn("noop"));
        assertEquals(10, grid.map(REASONS).size());
        assertEquals("the key is null", grid.map(REASONS).get(50L));
    }

    @Test
    void sendsLateEventsToASideOutput() throws InterruptedException {
        pipeline.readFrom(Sources.generator(3_000, i -> i))
                .withTimestamps(i -> i == 2_999 ? 5 : i, Duration.ZERO)
                .groupingKey(i -> 0)
                .window(WindowDefinition.tumbling(Duration.ofMillis(100)))
                .aggregate(AggregateOperations.counting(), o -> o.onLate(LATE))
                .writeTo(Sinks.map(NUMBERS, KeyedWindowResult::endMs, KeyedWindowResult::result));
        pipeline.sideOutput(LATE).writeTo(Sinks.map(REASONS, Failure::event, Failure::reason));

        Job job = Jobs.of(grid, o -> o.workers(1)).submit(pipeline);
        job.join();

        assertEquals(List.of(2_999L), List.copyOf(grid.map(REASONS).keySet()));
        assertEquals(1, job.metrics().count("window", "late"));
        assertEquals(2_999, grid.map(NUMBERS).values().stream().mapToLong(count -> count).sum());
    }

    @Test
    void aKeyAllOfWhoseEventsFailHasNoResult() throws InterruptedException {
        pipeline.readFrom(Sources.generator(100, i -> i))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 2)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.summingLong(i -> 10 / (i % 2)), o -> o.skipFailures())
                .writeTo(Sinks.map(NUMBERS, KeyedWindowResult::key, KeyedWindowResult::result));

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        assertEquals(Map.of(1L, 500L), grid.map(NUMBERS));
        assertEquals(50, job.metrics().count("window", "failures"));
    }

    @Test
    void cancelsAJobThatWouldRunForever() throws InterruptedException {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);

        job.cancel();

        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
    }

    @Test
    void closingTheGridCancelsItsJobsAndEndsTheirThreads() {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);

        grid.close();

        assertThrows(CancellationException.class, job::join);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("penstock-test-")));
    }

    @Test
    void closesABlockingSourceWhenTheJobIsCancelled() throws InterruptedException {
        CountDownLatch blocked = BLOCKED;
        pipeline.readFrom(SourceBuilder.batch("blocking", () -> 0)
                        .<String>fillBufferFn((context, buffer) -> {
                            BLOCKED.countDown();
                            new CountDownLatch(1).await();
                        })
                        .destroyFn(context -> DESTROYED.set(true))
                        .build())
                .writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);
        blocked.await();

        job.cancel();

        assertThrows(CancellationException.class, job::join);
        assertTrue(DESTROYED.get());
    }

    private static final CountDownLatch BLOCKED = new CountDownLatch(1);
    private static final AtomicBoolean DESTROYED = new AtomicBoolean();

    @Test
    void aSourceThatCannotBeOpenedFailsTheSubmit() {
        pipeline.readFrom(SourceBuilder.batch("file", () -> {
                            throw new java.io.FileNotFoundException("no such file");
                        })
                        .<String>fillBufferFn((context, buffer) -> buffer.close())
                        .build())
                .writeTo(Sinks.noop());

        JobException failure = assertThrows(JobException.class, () -> Jobs.of(grid).submit(pipeline, o -> o.name("j")));

        assertEquals("job 'j': stage 'file': cannot open: FileNotFoundException: no such file", failure.getMessage());
    }

    @Test
    void aSlowSinkHoldsTheSourceBack() throws InterruptedException {
        MADE.set(0);
        TAKEN.set(0);
        AHEAD_MAX.set(0);
        pipeline.readFrom(Sources.generator(200_000, i -> {
                    MADE.incrementAndGet();
                    return i;
                }))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 100)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> {
                    AHEAD_MAX.accumulateAndGet(MADE.get() - TAKEN.incrementAndGet(), Math::max);
                    return i;
                })
                .writeTo(Sinks.noop());

        Jobs.of(grid, o -> o.workers(2)).submit(pipeline).join();

        assertEquals(200_000, TAKEN.get());
        // 2 senders x 2 receivers x (8 queued + 1 open + 1 taken) batches, and a batch being made by each sender.
        assertTrue(AHEAD_MAX.get() <= (4 * 10 + 2) * 256, "rows under way: " + AHEAD_MAX.get());
    }

    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicLong TAKEN = new AtomicLong();
    private static final AtomicLong AHEAD_MAX = new AtomicLong();

    @Test
    void joinsEachEventWithWhatWasKnownAtItsTime() throws InterruptedException {
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

        Jobs.of(grid, o -> o.workers(4)).submit(pipeline).join();

        GridMap<Long, Long> result = grid.map(NUMBERS);
        assertEquals(2_500, result.size());
        for (long event = 0; event < times.length; event += 2) {
            long expected = 0;
            for (long fact = 1; fact < times.length; fact += 2) {
                if (fact % 10 / 2 == event % 10 / 2 && times[(int) fact] <= times[(int) event]) {
                    expected += fact;
                }
            }
            assertEquals(expected, result.get(event), "event " + event + ", seed " + seed);
        }
    }

    @Test
    void takesEventsInTheOrderOfTimeWhenAsked() throws InterruptedException {
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

        Job job = Jobs.of(grid, o -> o.workers(4)).submit(pipeline);
        job.join();

        assertEquals(10_000, job.metrics().eventsIn("ordered"));
        assertEquals(0, job.metrics().eventsIn("noop"));
    }

    @Test
    void runsManyJobsAtOnce() throws InterruptedException {
        Jobs jobs = Jobs.of(grid, o -> o.workers(2));
        List<Job> running = java.util.stream.IntStream.range(0, 20).mapToObj(n -> {
            Pipeline p = Pipeline.create();
            p.readFrom(Sources.generator(10_000, i -> i + n * 10_000L)).writeTo(Sinks.map(NUMBERS, i -> i));
            return jobs.submit(p);
        }).toList();
        for (Job job : running) {
            job.join();
        }

        assertEquals(200_000, grid.map(NUMBERS).size());
    }

    @Test
    void metersAreThereWhileTheJobRunsAndGoneAfterwards() throws InterruptedException {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid, o -> o.workers(2)).submit(pipeline, o -> o.name("endless"));

        assertEquals(2, registry.find("penstock.stage.events.in").tags("job", "endless", "stage", "noop", "grid", "test")
                .functionCounters().size());

        job.cancel();
        assertThrows(CancellationException.class, job::join);
        assertTrue(registry.find("penstock.stage.events.in").functionCounters().isEmpty());
    }

    @Test
    void refusesTheNameOfARunningJobAndTakesItAgainAfterItsEnd() {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job first = Jobs.of(grid).submit(pipeline, o -> o.name("twice"));

        String message = assertThrows(
                        IllegalStateException.class, () -> Jobs.of(grid).submit(pipeline, o -> o.name("twice")))
                .getMessage();
        assertEquals("job 'twice' runs already on grid 'test'; cancel it first, or give the new one another name", message);

        first.cancel();
        assertThrows(CancellationException.class, first::join);
        Job second = Jobs.of(grid).submit(pipeline, o -> o.name("twice"));
        assertEquals(JobStatus.RUNNING, second.status());
        assertTrue(registry.find("penstock.stage.events.in").tags("job", "twice").functionCounters().size() > 0);
    }

    @Test
    void aFactThatCannotBeTakenFailsTheJobUnlessFailuresAreSkipped() throws InterruptedException {
        Stage<Long> all = pipeline.readFrom(Sources.generator(100, i -> i)).withTimestamps(i -> i, Duration.ZERO);
        all.groupingKey(i -> 0)
                .joinAsOf(all.map(i -> "fact " + i).groupingKey(i -> 0), Duration.ofHours(1), () -> new long[1],
                        (state, fact) -> state[0] += Long.parseLong(fact), (state, key, i) -> i,
                        o -> o.onFailure(BAD).name("strict"))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.noop());

        Job job = Jobs.of(grid).submit(pipeline);

        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("strict", failure.stage());
        assertTrue(failure.getMessage().contains("event of type String"), failure.getMessage());
    }

    @Test
    void refusesAnotherNumberOfWorkers() {
        Jobs.of(grid, o -> o.workers(2));

        assertThrows(IllegalStateException.class, () -> Jobs.of(grid, o -> o.workers(3)));
    }

    @Test
    void namesWhatCannotBeSerialized() {
        Object lock = new Object();
        pipeline.readFrom(Sources.items("a")).map(x -> lock.hashCode()).writeTo(Sinks.noop());

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Jobs.of(grid).submit(pipeline))
                .getMessage();

        assertTrue(message.startsWith("stage 'map' (JobsIT.java:"), message);
        assertTrue(message.contains("captured variable 1 (a java.lang.Object) is not serializable"), message);
    }

    @Test
    void namesTheFieldThatHoldsWhatCannotBeSerialized() {
        Holder holder = new Holder();
        pipeline.readFrom(Sources.items("a"))
                .withTimestamps(x -> 0, Duration.ZERO)
                .groupingKey(x -> holder.inner.lock.hashCode())
                .mapStateful(Duration.ofHours(1), () -> "", (state, key, x) -> x)
                .writeTo(Sinks.noop());

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Jobs.of(grid).submit(pipeline))
                .getMessage();

        assertTrue(message.contains("field Holder.inner > field Inner.lock (a java.lang.Object) is not serializable"), message);
    }

    private static final class Holder implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private final Inner inner = new Inner();
    }

    private static final class Inner implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object lock = new Object();
    }
}
