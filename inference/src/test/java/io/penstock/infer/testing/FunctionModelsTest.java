package io.penstock.infer.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.ModelException;
import io.penstock.infer.Models;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionModelsTest {

    private static final MapRef<Integer, String> SCORES = MapRef.of("scores", Integer.class, String.class);
    private static final MapRef<Integer, String> REASONS = MapRef.of("reasons", Integer.class, String.class);
    private static final Tag<Failure<Integer>> BAD = Tag.of("bad");

    private long nowMs;
    private final Grid grid = Grid.embedded();
    private final FunctionModels functions = FunctionModels.of(grid, () -> nowMs);

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @Test
    void scoresRowsOfAnyLengthAndGivesUpThoseThatFail() throws InterruptedException {
        functions.deploy("sum", row -> Map.of(FunctionModels.ANY_OUTPUT, new float[] {sum(row)}));
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(0, 1, 2, 3, 13, 4))
                .apply(Infer.<Integer, String>with("sum",
                        (length, row) -> {
                            for (int i = 0; i < length; i++) {
                                row.put(length == 4 ? Float.NaN : 2);
                            }
                        },
                        (length, scores) -> length + ": " + scores.f32("p") + " v" + scores.modelVersion(),
                        o -> o.onFailure(BAD)))
                .writeTo(Sinks.map(SCORES, text -> Integer.parseInt(text.split(":")[0])));
        pipeline.sideOutput(BAD).writeTo(Sinks.map(REASONS, Failure::event, Failure::reason));
        Jobs.of(grid).submit(pipeline).join();

        assertEquals(Map.of(0, "0: 0.0 v1", 1, "1: 2.0 v1", 2, "2: 4.0 v1", 3, "3: 6.0 v1"),
                new TreeMap<>(grid.map(SCORES)));
        assertEquals("model 'sum' v1 failed to score it", grid.map(REASONS).get(13));
        assertTrue(grid.map(REASONS).get(4).contains("column 0 (from 0) is NaN"), grid.map(REASONS).get(4));
        assertEquals(2, grid.map(REASONS).size());
    }

    private static float sum(float[] row) {
        if (row.length == 13) {
            throw new IllegalStateException("superstition");
        }
        float sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }

    @Test
    void readsTheOutputsThatTheFunctionNames() {
        functions.deploy("m", row -> Map.of("p", new float[] {row[0]}, "q", new float[] {1, 2}));
        Map<String, float[]> outputs = Models.of(grid).score("m", new float[] {0.5f});
        assertArrayEquals(new float[] {0.5f}, outputs.get("p"));
        assertArrayEquals(new float[] {1, 2}, outputs.get("q"));
    }

    @Test
    void replacesAFunctionByAnother() {
        assertEquals(1, functions.deploy("m", row -> Map.of("p", new float[] {1})).version());
        assertEquals(2, functions.deploy("m", row -> Map.of("p", new float[] {2})).version());
        assertEquals(2, Models.of(grid).score("m", new float[0]).get("p")[0]);
    }

    @Test
    void aVersionTakesOverAtItsTime() {
        functions.deploy("m", row -> Map.of("p", new float[] {1}));
        functions.deploy("m", row -> Map.of("p", new float[] {2}), o -> o.from(100));
        nowMs = 99;
        assertEquals(1, Models.of(grid).score("m", new float[0]).get("p")[0]);
        nowMs = 100;
        assertEquals(2, Models.of(grid).score("m", new float[0]).get("p")[0]);
    }

    @Test
    void takesAllOtherBytesForOnnx() {
        ModelException refusal =
                assertThrows(ModelException.class, () -> Models.of(grid).deploy("m", new byte[] {1, 2}));
        assertEquals(ModelException.Code.BAD_MODEL, refusal.code());
    }
}
