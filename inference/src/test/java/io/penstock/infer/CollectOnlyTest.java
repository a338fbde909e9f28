package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.testing.OperatorTester;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.engine.RowLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows collected with the function that fills them for scoring. */
class CollectOnlyTest {

    private record Event(int id, double... values) implements Serializable {}

    private static final MapRef<Integer, float[]> ROWS = MapRef.of("rows", Integer.class, float[].class);
    private static final MapRef<Integer, Float> SCORES = MapRef.of("scores", Integer.class, Float.class);
    @SuppressWarnings("rawtypes")
    private static final MapRef<Integer, Failure> BAD = MapRef.of("bad", Integer.class, Failure.class);
    private static final Tag<Failure<Event>> REFUSED = Tag.of("refused");
    private static final int THROW = -1;
    private static final int DROP = -2;

    private static void fill(Event event, Row row) {
        for (double value : event.values()) {
            if (value == THROW) {
                throw new IllegalStateException("fill");
            }
            row.put(value);
        }
    }

    private static Map.Entry<Integer, float[]> read(Event event, float[] row) {
        return row[0] == DROP ? null : Map.entry(event.id(), row);
    }

    private static void collect(Grid grid, List<Event> events) throws InterruptedException {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.collection(events))
                .apply(Infer.collectOnly(CollectOnlyTest::fill, CollectOnlyTest::read, o -> o.onFailure(REFUSED)))
                .writeTo(Sinks.map(ROWS, Map.Entry::getKey, Map.Entry::getValue));
        pipeline.sideOutput(REFUSED).writeTo(Sinks.map(BAD, failure -> failure.event().id(), failure -> failure));
        Jobs.of(grid, o -> o.workers(1)).submit(pipeline).join();
    }

    private static Map<Integer, String> rows(Grid grid) {
        Map<Integer, String> rows = new TreeMap<>();
        grid.map(ROWS).forEach((id, row) -> rows.put(id, Arrays.toString(row)));
        return rows;
    }

    @Test
    void givesOutGoodRowsAndGivesUpBadOnes() throws Exception {
        try (Grid grid = Grid.embedded()) {
            collect(grid, List.of(
                    new Event(0),
                    new Event(1, Double.NaN, 1, 1),
                    new Event(2, 2, 0.1),
                    new Event(3, 3),
                    new Event(4, 4, 4, 4),
                    new Event(5, 5, Double.NaN),
                    new Event(6, Double.MAX_VALUE, 6),
                    new Event(7, 7, THROW),
                    new Event(8, DROP, 8),
                    new Event(9, 9, 9)));
            assertEquals(Map.of(2, "[2.0, 0.1]", 9, "[9.0, 9.0]"), rows(grid));
            assertEquals(List.of(0, 1, 3, 4, 5, 6, 7), List.copyOf(new TreeMap<>(grid.map(BAD)).keySet()));
            assertEquals("a row has 1 to 65536 columns, but the mapping fills 0", grid.map(BAD).get(0).reason());
            assertEquals("the rows before have 2 columns, but the mapping fills 1", grid.map(BAD).get(3).reason());
            assertEquals("the rows before have 2 columns, but the mapping fills 3", grid.map(BAD).get(4).reason());
            assertTrue(grid.map(BAD).get(5).reason().startsWith("column 1 (from 0) is NaN"));
            assertTrue(grid.map(BAD).get(6).reason().startsWith("column 0 (from 0) is infinite"));
            assertEquals("fill", grid.map(BAD).get(7).cause().getMessage());
            assertEquals("collect", grid.map(BAD).get(3).stage());
        }
    }

    @Test
    void aRowMayBeAsWideAsAModelsAndNotWider() throws Exception {
        double[] widest = new double[RowLayout.COLUMNS_MAX];
        try (Grid grid = Grid.embedded()) {
            collect(grid, List.of(new Event(0, new double[RowLayout.COLUMNS_MAX + 1]), new Event(1, widest)));
            assertEquals(RowLayout.COLUMNS_MAX, grid.map(ROWS).get(1).length);
            assertEquals("a row has 1 to 65536 columns, but the mapping fills 65537", grid.map(BAD).get(0).reason());
        }
    }

    @Test
    void aBadRowFailsTheJobUnlessToldOtherwiseWithoutItsContent() {
        try (Grid grid = Grid.embedded()) {
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.items(new Event(1, 77, Double.NaN)))
                    .apply(Infer.collectOnly(CollectOnlyTest::fill, CollectOnlyTest::read))
                    .writeTo(Sinks.noop());
            Job job = Jobs.of(grid).submit(pipeline);
            JobException failure = assertThrows(JobException.class, job::join);
            assertEquals("collect", failure.stage());
            assertFalse(failure.getMessage().contains("77"), failure.getMessage());
        }
    }

    /** However the host calls it; and each result has a row of its own. */
    @Test
    void keepsOrderAndTimes() {
        List<float[]> kept = new ArrayList<>();
        OperatorTester tester = OperatorTester.of(OperatorSpec.of("collect", () -> new CollectOperator<Long, String>(
                        (n, row) -> row.put(n).put(n % 7 == 3 ? Float.NaN : 1f), (n, row) -> {
                            kept.add(row);
                            return Arrays.toString(row);
                        })).withOnFailure(new FailurePolicy.Skip()))
                .inExactOrder();
        for (long n = 0; n < 3 * Batch.CAPACITY; n++) {
            tester.row(n, n);
            if (n % 7 != 3) {
                tester.expect(n, Arrays.toString(new float[] {n, 1}));
            }
        }
        tester.ignoringWatermarks().verify();
        assertEquals(1, kept.get(0)[1]);
    }

    /** What is collected is, to the bit, what the model gets: a model with factor 1 gives the sum of the row. */
    @Test
    void theRowsAreThoseThatAModelScores() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int id = 0; id < 5_000; id++) {
            double first = id > 0 && random.nextInt(100) == 0 ? Double.NaN : random.nextGaussian();
            boolean isShort = id > 0 && random.nextInt(100) == 0;
            events.add(isShort ? new Event(id, first) : new Event(id, first, random.nextInt()));
        }
        BiConsumerEx<Event, Row> fill = CollectOnlyTest::fill;
        try (Grid grid = Grid.embedded()) {
            Models.of(grid, new FakeEngine(), Models.BYTES_MAX).deploy("m", FakeEngine.model(2, 1));
            Pipeline pipeline = Pipeline.create();
            Stage<Event> source = pipeline.readFrom(Sources.collection(events));
            source.apply(Infer.collectOnly(fill, (event, row) -> Map.entry(event.id(), row), o -> o.skipFailures()))
                    .writeTo(Sinks.map(ROWS, Map.Entry::getKey, Map.Entry::getValue));
            source.apply(Infer.with(
                            "m", fill, (event, out) -> Map.entry(event.id(), out.f32("score")), o -> o.skipFailures()))
                    .writeTo(Sinks.map(SCORES, Map.Entry::getKey, Map.Entry::getValue));
            Jobs.of(grid, o -> o.workers(1)).submit(pipeline).join();
            Map<Integer, Float> sums = new TreeMap<>();
            grid.map(ROWS).forEach((id, row) -> sums.put(id, 0f + row[0] + row[1]));
            assertEquals(new TreeMap<>(grid.map(SCORES)), sums, "repeat with -Dpenstock.seed=" + seed);
            assertTrue(sums.size() > 4_500, "repeat with -Dpenstock.seed=" + seed);
        }
    }
}
