package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with models that take over at an event time, behind a join that gives rows in the order of time. */
class DeployFromJobTest {

    private static final int EVENTS = 40_000;
    private static final int KEYS = 7;
    /** How far events may come out of order. */
    private static final int DISORDER = 50;
    private static final AtomicLong PERMITTED = new AtomicLong();
    private static final AtomicLong COME = new AtomicLong();

    private record Event(long id, long timeMs, boolean isFact) implements Serializable {

        int key() {
            return (int) Math.floorMod(id * 17, (long) KEYS);
        }
    }

    private record Rich(long id, int facts) implements Serializable {}

    private record Scored(float score, int version) implements Serializable {}

    private static final MapRef<Long, Scored> SCORED = MapRef.of("scored", Long.class, Scored.class);

    private final FakeEngine engine = new FakeEngine();

    @AfterEach
    void everythingIsClosed() {
        assertEquals(0, engine.open.get(), "models left open");
    }

    private static Event event(long n) {
        return new Event(n, timeMs(n), n % 3 == 0);
    }

    private static long timeMs(long n) {
        return n - n * 31 % DISORDER;
    }

    /** Lets no event pass before its turn; blocks a worker, as only a test may. */
    private static Event whenPermitted(Event event) {
        COME.incrementAndGet();
        while (event.id() >= PERMITTED.get()) {
            Thread.onSpinWait();
        }
        return event;
    }

    private static Pipeline pipeline() {
        Pipeline pipeline = Pipeline.create();
        Stage<Event> events = pipeline.readFrom(Sources.generator(EVENTS, DeployFromJobTest::event))
                .map(DeployFromJobTest::whenPermitted)
                .withTimestamps(Event::timeMs, Duration.ofMillis(DISORDER));
        Stage<Rich> joined = events.filter(event -> !event.isFact()).groupingKey(Event::key)
                .joinAsOf(events.filter(Event::isFact).groupingKey(Event::key), Duration.ofDays(1),
                        () -> new int[1], (count, fact) -> count[0]++,
                        (count, key, event) -> new Rich(event.id(), count[0]));
        joined.apply(Infer.with("m", (rich, row) -> row.put(rich.facts()),
                        (rich, out) -> Map.entry(rich.id(), new Scored(out.f32("score"), out.modelVersion()))))
                .writeTo(Sinks.map(SCORED, Map.Entry::getKey, Map.Entry::getValue));
        return pipeline;
    }

    /** What any run must give, counted out. */
    private static Map<Long, Scored> expected(long secondFromMs, long thirdFromMs) {
        List<Event> inOrder = LongStream.range(0, EVENTS).mapToObj(DeployFromJobTest::event)
                .sorted(Comparator.comparing(Event::timeMs).thenComparing(event -> !event.isFact()))
                .toList();
        int[] facts = new int[KEYS];
        Map<Long, Scored> expected = new TreeMap<>();
        for (Event event : inOrder) {
            if (event.isFact()) {
                facts[event.key()]++;
                continue;
            }
            int version = event.timeMs() < secondFromMs ? 1 : event.timeMs() < thirdFromMs ? 2 : 3;
            expected.put(event.id(), new Scored(facts[event.key()] * version, version));
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aDeploymentWhileTheJobRunsTakesOverAtItsTimeExactly(int workers) throws Exception {
        long secondFromMs = EVENTS / 2 + 13;
        long thirdFromMs = EVENTS * 3 / 4 + 1;
        COME.set(0);
        PERMITTED.set(EVENTS / 2);
        try (Grid grid = Grid.embedded()) {
            Models models = Models.of(grid, engine, Models.BYTES_MAX);
            models.deploy("m", FakeEngine.model(1, 1));
            Job job = Jobs.of(grid, o -> o.workers(workers)).submit(pipeline());
            while (COME.get() < EVENTS / 10) {
                Thread.onSpinWait();
            }
            models.deploy("m", FakeEngine.model(1, 2), o -> o.from(secondFromMs));
            models.deploy("m", FakeEngine.model(1, 3), o -> o.from(thirdFromMs));
            PERMITTED.set(EVENTS);
            job.join();
            Map<Long, Scored> expected = expected(secondFromMs, thirdFromMs);
            assertEquals(expected, new TreeMap<>(grid.map(SCORED)));

            // A job that is submitted later, when the last version has long taken over, gives the same.
            grid.map(SCORED).clear();
            Jobs.of(grid).submit(pipeline()).join();
            assertEquals(expected, new TreeMap<>(grid.map(SCORED)));
        }
    }
}
