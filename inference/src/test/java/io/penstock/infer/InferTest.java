package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scoring as a step of a job; with an engine in plain Java. */
class InferTest {

    private record Event(int id, float... values) implements Serializable {}

    private record Scored(int id, float score, String model, int version) implements Serializable {}

    private static final MapRef<Integer, Scored> SCORED = MapRef.of("scored", Integer.class, Scored.class);
    @SuppressWarnings("rawtypes")
    private static final MapRef<Integer, Failure> BAD = MapRef.of("bad", Integer.class, Failure.class);
    private static final Tag<Failure<Event>> NOT_SCORED = Tag.of("not-scored");
    private static final AtomicLong PERMITTED = new AtomicLong();
    private static final int THROW_IN_FILL = -1;
    private static final int THROW_IN_READ = -2;
    private static final int DROP_IN_READ = -3;

    private final FakeEngine engine = new FakeEngine();
    private final Grid grid = Grid.embedded();
    private final Models models = Models.of(grid, engine, Models.BYTES_MAX);

    @AfterEach
    void everythingIsClosed() {
        grid.close();
        assertEquals(0, engine.open.get(), "models left open");
        assertEquals(List.of(), List.copyOf(engine.misuses));
    }

    private static void fill(Event event, Row row) {
        for (float value : event.values()) {
            if (value == THROW_IN_FILL) {
                throw new IllegalStateException("fill");
            }
            row.put(value);
        }
    }

    private static Scored read(Event event, Scores scores) {
        if (event.values()[0] == THROW_IN_READ) {
            throw new IllegalStateException("read");
        }
        return event.values()[0] == DROP_IN_READ
                ? null
                : new Scored(event.id(), scores.f32("score"), scores.modelName(), scores.modelVersion());
    }

    private static Pipeline pipeline(List<Event> events, Consumer<InferOptions<Event>> options) {
        Pipeline pipeline = Pipeline.create();
        Stage<Scored> scored = pipeline.readFrom(Sources.collection(events))
                .apply(Infer.with("m", InferTest::fill, InferTest::read, options));
        scored.writeTo(Sinks.map(SCORED, Scored::id));
        return pipeline;
    }

    private static Pipeline withSideOutput(List<Event> events) {
        Pipeline pipeline = pipeline(events, o -> o.onFailure(NOT_SCORED));
        pipeline.sideOutput(NOT_SCORED).writeTo(Sinks.map(BAD, failure -> failure.event().id(), failure -> failure));
        return pipeline;
    }

    private void run(Pipeline pipeline) throws InterruptedException {
        Jobs.of(grid).submit(pipeline).join();
    }

    private Failure<?> bad(int id) {
        return grid.map(BAD).get(id);
    }

    @Test
    void scoresEveryEvent() throws Exception {
        models.deploy("m", FakeEngine.model(2, 10));
        run(pipeline(List.of(new Event(1, 1, 2), new Event(2, 3, 4)), o -> {}));
        assertEquals(
                Map.of(1, new Scored(1, 30, "m", 1), 2, new Scored(2, 70, "m", 1)), new TreeMap<>(grid.map(SCORED)));
    }

    @Test
    void oneBadRowCostsOneRow() throws Exception {
        models.deploy("m", FakeEngine.poisonable(2));
        run(withSideOutput(List.of(
                new Event(0, 1, 1),
                new Event(1, 1),
                new Event(2, 2, 2, 2),
                new Event(3, 3, 3),
                new Event(4, 4, Float.NaN),
                new Event(5, Float.POSITIVE_INFINITY, 5),
                new Event(6, 6, THROW_IN_FILL),
                new Event(7, THROW_IN_READ, 7),
                new Event(8, DROP_IN_READ, 8),
                new Event(9, 9, FakeEngine.POISON),
                new Event(10, 10, 10))));
        assertEquals(List.of(2f, 6f, 20f),
                new TreeMap<>(grid.map(SCORED)).values().stream().map(Scored::score).toList());
        assertEquals(List.of(1, 2, 4, 5, 6, 7, 9), List.copyOf(new TreeMap<>(grid.map(BAD)).keySet()));
        assertEquals("model 'm' v1 wants input 'x' float32[?, 2], but the mapping fills 1 columns, not 2",
                bad(1).reason());
        assertTrue(bad(2).reason().contains("fills 3 columns, not 2"), bad(2).reason());
        assertTrue(bad(4).reason().contains("column 1 (from 0) is NaN"), bad(4).reason());
        assertTrue(bad(5).reason().contains("column 0 (from 0) is infinite"), bad(5).reason());
        assertEquals("fill", bad(6).cause().getMessage());
        assertEquals("read", bad(7).cause().getMessage());
        assertEquals("model 'm' v1 failed to score it", bad(9).reason());
        assertEquals(
                ModelException.Code.RUN_FAILED, assertInstanceOf(ModelException.class, bad(9).cause()).code());
        assertNull(bad(1).cause());
        assertEquals("infer", bad(1).stage());
    }

    @Test
    void putsOfAllTypesAreFloat32() throws Exception {
        models.deploy("m", FakeEngine.model(4, 1));
        Pipeline pipeline = Pipeline.create();
        Stage<Scored> scored = pipeline.readFrom(Sources.items(1, 2, 3))
                .apply(Infer.with("m",
                        (i, row) -> row.put(i).put(0.5).put(0.25f).put(i == 2 ? Double.MAX_VALUE : 1L << 30),
                        (i, out) -> new Scored(i, out.f32("score", 0), out.modelName(), out.modelVersion()),
                        o -> o.name("sum").skipFailures()));
        scored.writeTo(Sinks.map(SCORED, Scored::id));
        Job job = Jobs.of(grid).submit(pipeline);
        job.join();
        assertEquals(List.of(1, 3), List.copyOf(new TreeMap<>(grid.map(SCORED)).keySet()));
        assertEquals((float) (1L << 30) + 1 + 0.75f, grid.map(SCORED).get(1).score());
        assertEquals(1, job.metrics().count("sum", "failures"), "a double beyond float32 is infinite");
    }

    @Test
    void wrongUseOfScoresNamesTheOutputs() throws Exception {
        models.deploy("m", FakeEngine.model(1, 1));
        Pipeline pipeline = Pipeline.create();
        Tag<Failure<Integer>> failed = Tag.of("failed");
        pipeline.readFrom(Sources.items(0, 1, 2))
                .apply(Infer.with("m", (i, row) -> row.put(i), (i, out) -> switch (i) {
                    case 0 -> out.f32("p");
                    case 1 -> out.f32("score", 1);
                    default -> out.f32(new StringBuilder("score").toString());
                }, o -> o.onFailure(failed)))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(failed).writeTo(Sinks.map(BAD, failure -> failure.event(), failure -> failure));
        run(pipeline);
        assertEquals(2, grid.map(BAD).size());
        assertEquals("model 'm' v1 has no float32 output 'p' to read; its outputs are ['score' float32[?, 1]]",
                bad(0).cause().getMessage());
        assertEquals("model 'm' v1: output 'score' float32[?, 1] has the indexes 0 to 0, not 1",
                bad(1).cause().getMessage());
    }

    @Test
    void withoutOptionsABadRowFailsTheJobAndSaysWhereWithoutItsContent() {
        models.deploy("m", FakeEngine.model(2, 1));
        Job job = Jobs.of(grid).submit(pipeline(List.of(new Event(1, 77, Float.NaN)), o -> o.name("fraud-score")));
        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("fraud-score", failure.stage());
        assertTrue(failure.getMessage().contains("stage 'fraud-score'"), failure.getMessage());
        assertTrue(failure.getMessage().contains("column 1"), failure.getMessage());
        assertFalse(failure.getMessage().contains("77"), failure.getMessage());
    }

    @Test
    void submitRefusesAnUnknownModelAndNamesTheDeployedOnes() {
        models.deploy("n", FakeEngine.model(2, 1));
        JobException refusal =
                assertThrows(JobException.class, () -> Jobs.of(grid).submit(pipeline(List.of(), o -> {})));
        assertTrue(refusal.getMessage().contains("stage 'infer'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("there is no model 'm'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("deployed are [n]"), refusal.getMessage());
        models.remove("n");
    }

    @Test
    void aBadModelNameIsRefusedWhereItIsWritten() {
        Refused.with(ModelException.Code.BAD_NAME, () -> Infer.with("a b", InferTest::fill, InferTest::read), "'a b'");
    }

    @Test
    void isLoadedOnceHoweverOftenAPipelineIsSubmitted() throws Exception {
        models.deploy("m", FakeEngine.model(2, 1));
        Pipeline pipeline = pipeline(List.of(new Event(1, 1, 2)), o -> {});
        run(pipeline);
        run(pipeline);
        assertEquals(1, engine.loads.get(), "submitted twice, loaded once");
    }

    @Test
    void jobsShareOneLoadedModel() throws Exception {
        models.deploy("m", FakeEngine.model(1, 1));
        Jobs jobs = Jobs.of(grid);
        List<Job> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.generator(100_000, n -> n % 100))
                    .apply(Infer.with("m", (n, row) -> row.put(n), (n, out) -> out.f32("score") == n ? null : n))
                    .map(wrong -> {
                        throw new IllegalStateException("score of " + wrong);
                    })
                    .writeTo(Sinks.noop());
            running.add(jobs.submit(pipeline));
        }
        for (Job job : running) {
            job.join();
        }
        assertEquals(1, engine.loads.get());
        assertEquals(1, engine.open.get());
    }

    /** However rows, batches and failures fall, the answer is that of the same rows one by one, in their order. */
    @Test
    void batchesGiveWhatSingleRowsGive() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        String repeat = "repeat with -Dpenstock.seed=" + seed;
        Random random = new Random(seed);
        models.deploy("m", FakeEngine.poisonable(1));
        List<Event> events = new ArrayList<>();
        Map<Integer, Float> expected = new TreeMap<>();
        for (int id = 0; id < 20_000; id++) {
            boolean poisoned = random.nextInt(300) == 0;
            boolean isRefused = random.nextInt(20) == 0;
            float value = poisoned ? FakeEngine.POISON : random.nextInt(500);
            events.add(isRefused ? new Event(id, value, 1) : new Event(id, value));
            if (!poisoned && !isRefused) {
                expected.put(id, value);
            }
        }
        run(withSideOutput(events));
        Map<Integer, Float> scores = new TreeMap<>();
        grid.map(SCORED).forEach((id, scored) -> scores.put(id, scored.score()));
        assertEquals(expected, scores, repeat);
        assertEquals(events.size() - expected.size(), grid.map(BAD).size(), repeat);
    }

    @Test
    void aJobThatIsCancelledByItsGridKeepsItsModelToTheEnd() {
        // The models' service is made after the jobs', and so is closed before them.
        Grid own = Grid.embedded();
        Jobs jobs = Jobs.of(own);
        FakeEngine ownEngine = new FakeEngine();
        Models.of(own, ownEngine, Models.BYTES_MAX).deploy("m", FakeEngine.model(1, 1));
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, n -> n))
                .apply(Infer.with("m", (n, row) -> row.put(n), (n, out) -> n))
                .writeTo(Sinks.noop());
        Job job = jobs.submit(pipeline);
        own.close();
        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
        assertEquals(0, ownEngine.open.get());
        assertEquals(List.of(), List.copyOf(ownEngine.misuses));
    }

    /** Lets no event pass before its time; blocks a worker, as only a test may. */
    private static Long whenPermitted(Long n) {
        while (n >= PERMITTED.get()) {
            Thread.onSpinWait();
        }
        return n;
    }

    @Test
    void takesEachNewVersionBetweenTwoBatchesAndLosesNothing() throws Exception {
        int versionCount = 20;
        int eventCount = 200_000;
        int inFlightMax = 5_000;
        models.deploy("m", FakeEngine.model(1, 1));
        MapRef<Long, Integer> versionOf = MapRef.of("version-of", Long.class, Integer.class);
        Pipeline pipeline = Pipeline.create();
        PERMITTED.set(0);
        pipeline.readFrom(Sources.generator(eventCount, n -> n))
                .map(InferTest::whenPermitted)
                .apply(Infer.with("m", (n, row) -> row.put(1), (n, out) -> {
                    if (out.f32("score") != out.modelVersion()) {
                        throw new IllegalStateException("v" + out.modelVersion() + " scored " + out.f32("score"));
                    }
                    return new long[] {n, out.modelVersion()};
                }))
                .writeTo(Sinks.map(versionOf, r -> r[0], r -> (int) r[1]));
        try (Threads threads = new Threads()) {
            Job job = Jobs.of(grid, o -> o.workers(2)).submit(pipeline);
            GridMap<Long, Integer> written = grid.map(versionOf);
            threads.start(() -> {
                try {
                    for (int version = 2; version <= versionCount; version++) {
                        long due = (long) eventCount * (version - 1) / versionCount;
                        PERMITTED.set(due);
                        while (written.entryCount() < due - inFlightMax) {
                            Thread.onSpinWait();
                        }
                        assertEquals(version, models.deploy("m", FakeEngine.model(1, version)).version());
                    }
                } finally {
                    PERMITTED.set(eventCount);
                }
            });
            job.join();
        }
        GridMap<Long, Integer> written = grid.map(versionOf);
        assertEquals(eventCount, written.size());
        for (int instance = 0; instance < 2; instance++) {
            int last = 1;
            for (long n = instance; n < eventCount; n += 2) {
                int version = written.get(n);
                assertTrue(version >= last, "event " + n + ": v" + version + " after v" + last);
                last = version;
            }
            assertEquals(versionCount, last, "instance " + instance);
        }
        assertEquals(1, engine.open.get(), "all old versions are closed");
        assertTrue(engine.loadingThreads.stream().noneMatch(name -> name.contains("-worker-")),
                () -> "loaded on " + engine.loadingThreads);
    }
}
