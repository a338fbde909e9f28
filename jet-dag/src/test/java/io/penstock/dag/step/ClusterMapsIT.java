package io.penstock.dag.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Job;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.testing.OperatorTester;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends of a job whose maps are on a cluster, here of one member. */
@Timeout(120)
class ClusterMapsIT {

    private record Word(String text, long length) {}

    private static final MapRef<String, Long> LENGTHS = MapRef.of("lengths", String.class, Long.class);
    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);
    private static final MapRef<Long, Long> COPY = MapRef.of("copy", Long.class, Long.class);
    private static final int LENGTHS_MAX = 3;
    private static final Tag<Failure<Word>> REFUSED = Tag.of("refused");
    private static final int NUMBERS_COUNT = 500;

    private static Grid grid;

    private final SourceDriver driver = new SourceDriver(grid, "end");

    @BeforeAll
    static void open() {
        grid = Grid.cluster(config -> config.name("ends-" + UUID.randomUUID())
                .map(LENGTHS, map -> map.maxEntries(LENGTHS_MAX)));
    }

    @AfterAll
    static void close() {
        grid.close();
    }

    @BeforeEach
    void clear() {
        grid.map(LENGTHS).clear();
        grid.map(NUMBERS).clear();
        grid.map(COPY).clear();
    }

    private static OperatorSpec sink(FunctionEx<Word, Long> valueFn) {
        return OperatorSpec.of("map sink", () -> new MapSink<Word, String, Long>(LENGTHS, Word::text, valueFn))
                .withOnFailure(new FailurePolicy.ToSideOutput(REFUSED));
    }

    private static OperatorTester tester(OperatorSpec spec) {
        return OperatorTester.of(spec).on(grid).comparing(event -> event instanceof Failure<?> failure
                ? failure.event() + ": " + failure.cause().getClass().getSimpleName()
                : event);
    }

    @Test
    void whatMayWaitForAClusterHasAThreadOfItsOwn() throws Exception {
        try (Grid embedded = Grid.embedded()) {
            for (Operator end : List.of(
                    new MapSink<Word, String, Long>(LENGTHS, Word::text, Word::length),
                    new MapChangesSource<>(NUMBERS, MapChangesSource.Start.NOW, MapChangesSource.OnGap.FAIL))) {
                end.open(new SourceDriver(embedded, "end"));
                assertTrue(end.isCooperative());
                end.open(driver);
                assertFalse(end.isCooperative());
            }
        }
    }

    /** However the rows come in batches. */
    @Test
    void ofTheSameKeyTheLastOneIsThere() {
        tester(sink(Word::length))
                .row(1, new Word("a", 1)).row(2, new Word("b", 1)).row(3, new Word("a", 2)).row(4, new Word("a", 3))
                .verify();
        assertEquals(Map.of("a", 3L, "b", 1L), Map.copyOf(grid.map(LENGTHS)));
    }

    @Test
    void aRowThatCannotBePutCostsOneRow() {
        tester(sink(word -> word.length == 0 ? null : 10 / (word.length - 1)))
                .row(1, new Word("a", 2)).row(2, new Word("none", 0)).row(3, new Word("bad", 1))
                .row(4, new Word(null, 2)).row(5, new Word("b", 3))
                .expect(REFUSED, 2, new Word("none", 0) + ": NullPointerException")
                .expect(REFUSED, 3, new Word("bad", 1) + ": ArithmeticException")
                .expect(REFUSED, 4, new Word(null, 2) + ": NullPointerException")
                .verify();
        assertEquals(Map.of("a", 10L, "b", 5L), Map.copyOf(grid.map(LENGTHS)));
    }

    @Test
    void aFullMapRefusesTheRowsThatDoNotFit() {
        tester(sink(Word::length))
                .row(1, new Word("a", 1)).row(2, new Word("b", 1)).row(3, new Word("c", 1)).row(4, new Word("d", 1))
                .row(5, new Word("a", 2))
                .expect(REFUSED, 4, new Word("d", 1) + ": GridException")
                .verify();
        assertEquals(Map.of("a", 2L, "b", 1L, "c", 1L), Map.copyOf(grid.map(LENGTHS)));
    }

    /** That the grid has gone is no fault of a row. */
    @Test
    void aClosedGridIsNotBlamedOnARow() {
        Grid own = Grid.cluster(config -> config.name("own-" + UUID.randomUUID()));
        MapSink<Word, String, Long> sink = new MapSink<>(LENGTHS, Word::text, Word::length);
        sink.open(new SourceDriver(own, "end"));
        own.close();
        Batch batch = new Batch();
        batch.add(1, new Word("a", 1));
        GridException failure = assertThrows(GridException.class, () -> sink.process(0, batch, driver));
        assertEquals(GridException.Code.CLOSED, failure.code());
    }

    /** All writes of a key at the end, though a batch has many of them, and none twice. */
    @Test
    void aFollowedMapIsCopiedAcrossASuspension() throws Exception {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.mapChanges(NUMBERS)).writeTo(Sinks.map(COPY, MapChange::key, MapChange::after));
        LogicalPlan plan = PipelinePlans.of(p);
        EngineHost.Taken taken;
        try (EngineHost engine = new EngineHost(grid, 2)) {
            Job job = engine.start("copy", plan, null);
            write(0);
            await("the first numbers copied", () -> copied().equals(numbers(0)));
            taken = engine.stop(job);
        }
        write(1);
        try (EngineHost engine = new EngineHost(grid, 3)) {
            engine.start("copy", plan, taken);
            await("the second numbers copied", () -> copied().equals(numbers(1)));
        }
    }

    @Test
    void aFollowerThatFindsNothingAsksLessAndLess() throws Exception {
        MapChangesSource<Long, Long> source =
                new MapChangesSource<>(NUMBERS, MapChangesSource.Start.NOW, MapChangesSource.OnGap.FAIL);
        source.open(driver);
        List<Long> restsMs = new ArrayList<>();
        for (int looks = 0; looks < 9; looks++) {
            driver.fill(source);
            restsMs.add(TimeUnit.NANOSECONDS.toMillis(source.restNs()));
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L), restsMs);
        grid.map(NUMBERS).put(1L, 1L);
        driver.fill(source);
        assertEquals(1, driver.takeEmitted().size());
        driver.fill(source);
        assertEquals(1, TimeUnit.NANOSECONDS.toMillis(source.restNs()));
    }

    private static void write(long round) {
        GridMap<Long, Long> map = grid.map(NUMBERS);
        numbers(round).forEach((key, value) -> {
            map.put(key, value - 1);
            map.put(key, value);
        });
    }

    private static Map<Long, Long> numbers(long round) {
        return LongStream.range(0, NUMBERS_COUNT).boxed()
                .collect(Collectors.toMap(key -> key, key -> 10 * key + round));
    }

    private static Map<Long, Long> copied() {
        return new TreeMap<>(grid.map(COPY));
    }

    private static void await(String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, () -> "after 60 s still not: " + what + "; copied " + copied());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
