package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.ModelException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models and scoring with ONNX Runtime itself. */
class OnnxIT {

    private static final int COLUMNS = 30;
    private static final MapRef<Integer, String> RESULTS = MapRef.of("results", Integer.class, String.class);
    private static final Tag<Failure<Integer>> FAILED = Tag.of("failed");
    private static final DoubleAdder SUM = new DoubleAdder();
    private static final LongAdder ABOVE_HALF = new LongAdder();

    private final Grid grid = Grid.embedded();
    private final Models models = Models.of(grid);

    @AfterEach
    void close() {
        grid.close();
    }

    private static byte[] mlp() throws IOException {
        try (InputStream in = OnnxIT.class.getResourceAsStream("mlp-30.onnx")) {
            return in.readAllBytes();
        }
    }

    /** The features of workload W4. */
    private static float feature(long event, int column) {
        long z = (event * COLUMNS + column + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return ((z ^ z >>> 31) >>> 40) * 0x1p-23f - 1;
    }

    private static void fill(long event, Row row) {
        for (int column = 0; column < COLUMNS; column++) {
            row.put(feature(event, column));
        }
    }

    /** A model that runs and whose input is x [?, 2], with one operator that makes y [?, 2] of it. */
    private static TinyOnnx unary(String operator) {
        return new TinyOnnx().input("x", TinyOnnx.FLOAT, -1, 2).node(operator, "y", "x")
                .output("y", TinyOnnx.FLOAT, -1, 2);
    }

    @Test
    void describesTheModelAsItsFileDoes() {
        models.deployResource("mlp", OnnxIT.class, "mlp-30.onnx");
        ModelInfo info = models.describe("mlp").orElseThrow();
        assertEquals("['x' float32[?, 30]]", info.inputs().toString());
        assertEquals("['score' float32[?, 1]]", info.outputs().toString());
        assertEquals(16_708, info.size());
    }

    @Test
    void scoresWorkloadW4AsEverySystemDoes() throws Exception {
        int eventCount = 600_000;
        models.deployResource("mlp", OnnxIT.class, "mlp-30.onnx");
        SUM.reset();
        ABOVE_HALF.reset();
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(eventCount, event -> event))
                .apply(Infer.with("mlp", OnnxIT::fill, (event, scores) -> scores.f32("score")))
                .map(score -> {
                    SUM.add(score);
                    ABOVE_HALF.add(score > 0.5f ? 1 : 0);
                    return score;
                })
                .writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);
        job.join();
        assertEquals(eventCount, job.metrics().eventsOut("infer"));
        assertEquals(339_335.47, SUM.sum(), 339);
        assertTrue(ABOVE_HALF.sum() > 0 && ABOVE_HALF.sum() < eventCount);
    }

    @Test
    void aBatchScoresItsRowsAsOneByOne() throws Exception {
        int eventCount = 2_000;
        models.deployResource("mlp", OnnxIT.class, "mlp-30.onnx");
        MapRef<Integer, Float> scores = MapRef.of("scores", Integer.class, Float.class);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(eventCount, event -> event))
                .apply(Infer.with("mlp", OnnxIT::fill, (event, out) -> Map.entry(event.intValue(), out.f32("score"))))
                .writeTo(Sinks.map(scores, Map.Entry::getKey, Map.Entry::getValue));
        Jobs.of(grid).submit(pipeline).join();
        float[] row = new float[COLUMNS];
        for (int event = 0; event < eventCount; event++) {
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = feature(event, column);
            }
            assertEquals(models.score("mlp", row).get("score")[0], grid.map(scores).get(event), 1e-6f);
        }
    }

    @Test
    void readsSeveralOutputsAndShapesOfMoreDimensions() {
        models.deploy("image", new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, -1, 2, 3)
                .node("Neg", "negative", "x")
                .node("Flatten", "flat", "x")
                .node("Cast", "to", TinyOnnx.INT64, "whole", "flat")
                .output("negative", TinyOnnx.FLOAT, -1, 2, 3)
                .output("whole", TinyOnnx.INT64, -1, 6)
                .output("flat", TinyOnnx.FLOAT, -1, 6)
                .bytes());
        assertEquals("['negative' float32[?, 2, 3], 'whole' int64[?, 6], 'flat' float32[?, 6]]",
                models.describe("image").orElseThrow().outputs().toString());
        Map<String, float[]> outputs = models.score("image", new float[] {1, 2, 3, 4, 5, 6});
        assertArrayEquals(new float[] {-1, -2, -3, -4, -5, -6}, outputs.get("negative"));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, outputs.get("flat"));
        assertEquals(2, outputs.size(), "int64 cannot be read");
    }

    /** Looks up a table of four by the row's value: ONNX Runtime fails the whole batch for one index beyond. */
    @Test
    void whenABatchFailsOnlyTheCulpritsDo() throws Exception {
        models.deploy("table", new TinyOnnx()
                .constant("table", 10, 11, 12, 13)
                .input("x", TinyOnnx.FLOAT, -1, 1)
                .node("Cast", "to", TinyOnnx.INT64, "index", "x")
                .node("Gather", "found", "table", "index")
                .node("Cast", "to", TinyOnnx.FLOAT, "y", "found")
                .output("y", TinyOnnx.FLOAT, -1, 1)
                .bytes());
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(0, 1, 7, 2, 9, 3))
                .apply(Infer.with("table", (i, row) -> row.put(i), (i, out) -> Map.entry(i, "" + out.f32("y")),
                        o -> o.onFailure(FAILED)))
                .writeTo(Sinks.map(RESULTS, Map.Entry::getKey, Map.Entry::getValue));
        pipeline.sideOutput(FAILED).writeTo(Sinks.map(RESULTS, Failure::event, Failure::reason));
        Jobs.of(grid).submit(pipeline).join();
        String failed = "model 'table' v1 failed to score it";
        assertEquals(Map.of(0, "10.0", 1, "11.0", 7, failed, 2, "12.0", 9, failed, 3, "13.0"),
                new TreeMap<>(grid.map(RESULTS)));
    }

    @Test
    void refusesWhatCannotBeScoredWith() {
        refused(new TinyOnnx().input("a", TinyOnnx.FLOAT, -1, 2).input("b", TinyOnnx.FLOAT, -1, 2)
                .node("Add", "y", "a", "b").output("y", TinyOnnx.FLOAT, -1, 2), "it has 2 inputs", "'b' float32[?, 2]");
        refused(new TinyOnnx().input("x", TinyOnnx.INT64, -1, 2)
                .node("Cast", "to", TinyOnnx.FLOAT, "y", "x").output("y", TinyOnnx.FLOAT, -1, 2), "'x' int64[?, 2]");
        refused(new TinyOnnx().input("x", TinyOnnx.FLOAT, 1, 2)
                .node("Neg", "y", "x").output("y", TinyOnnx.FLOAT, 1, 2), "'x' float32[1, 2]", "free first dimension");
        refused(new TinyOnnx().input("x", TinyOnnx.FLOAT, -1, -1)
                .node("Neg", "y", "x").output("y", TinyOnnx.FLOAT, -1, -1), "'x' float32[?, ?]");
        refused(new TinyOnnx().input("x", TinyOnnx.FLOAT, -1, 2)
                .node("Cast", "to", TinyOnnx.INT64, "y", "x").output("y", TinyOnnx.INT64, -1, 2), "'y' int64[?, 2]");
    }

    private void refused(TinyOnnx model, String... told) {
        byte[] bytes = model.bytes();
        Refused.with(Code.UNSUPPORTED_SIGNATURE, () -> models.deploy("m", bytes), told);
        assertTrue(models.describe("m").isEmpty());
    }

    @Test
    void refusesAModelThatScoresOneRowButNotSeveral() {
        byte[] bytes = new TinyOnnx().constant("shape", 1, 2).input("x", TinyOnnx.FLOAT, -1, 2)
                .node("Reshape", "first", "x", "shape").node("Add", "y", "x", "first")
                .output("y", TinyOnnx.FLOAT, -1, 2).bytes();
        Refused.with(Code.WARM_UP_FAILED, () -> models.deploy("m", bytes), "'m'", "256", "first dimension is the batch");
    }

    @Test
    void aModelWithOtherInputsOrOutputsDoesNotTakeOver() {
        models.deploy("m", unary("Neg").bytes());
        Refused.with(Code.SIGNATURE_CHANGED,
                () -> models.deploy("m", new TinyOnnx().input("x", TinyOnnx.FLOAT, -1, 3).node("Neg", "y", "x")
                        .output("y", TinyOnnx.FLOAT, -1, 3).bytes()),
                "inputs ['x' float32[?, 2]]", "['x' float32[?, 3]]");
        Refused.with(Code.SIGNATURE_CHANGED,
                () -> models.deploy("m", new TinyOnnx().input("x", TinyOnnx.FLOAT, -1, 2).node("Neg", "z", "x")
                        .output("z", TinyOnnx.FLOAT, -1, 2).bytes()),
                "outputs ['y' float32[?, 2]]", "['z' float32[?, 2]]");
        assertEquals(2, models.deploy("m", unary("Abs").bytes()).version());
        assertArrayEquals(new float[] {1, 2}, models.score("m", new float[] {-1, 2}).get("y"));
    }

    /** Cut, emptied or overwritten anywhere: refused, or at least not in the way of the version before. */
    @Test
    void brokenFilesAreRefusedAndTheOldVersionStays() throws IOException {
        byte[] good = mlp();
        models.deploy("mlp", good);
        float[] row = new float[COLUMNS];
        float[] before = models.score("mlp", row).get("score");
        for (int length = 0; length < good.length; length += 131) {
            byte[] cut = Arrays.copyOf(good, length);
            Refused.with(Code.BAD_MODEL, () -> models.deploy("mlp", cut), "'mlp'", length + " bytes");
        }
        Refused.with(Code.BAD_MODEL, () -> models.deploy("mlp", "not a model".getBytes()), "'mlp'");
        Refused.with(Code.BAD_MODEL, () -> models.deploy("mlp", unary("NoSuchOperator").bytes()), "NoSuchOperator");
        assertEquals(1, models.describe("mlp").orElseThrow().version());
        assertArrayEquals(before, models.score("mlp", row).get("score"));
    }

    /** Much damage loads and scores, wrongly; so it is the checksum that must find it. */
    @Test
    void anyDamageInTheGridIsFoundBeforeTheModelIsLoaded() throws IOException {
        models.deploy("mlp", mlp());
        ByAnother.Deployed stored = ByAnother.found(grid, "mlp").get(0);
        for (int position = 0; position < stored.bytes().length; position += 331) {
            byte[] damaged = stored.bytes().clone();
            damaged[position] ^= (byte) (1 << position % 8);
            try (Grid other = Grid.embedded()) {
                ByAnother.put(other, stored.info(), damaged);
                Refused.with(Code.DAMAGED, () -> Models.of(other).score("mlp", new float[COLUMNS]), "'mlp' v1");
            }
        }
    }

    @Test
    void replacesModelsUnderLoadWithoutCrashOrLoss() throws Exception {
        int eventCount = 200_000;
        byte[] mlp = mlp();
        models.deploy("mlp", mlp);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(eventCount, event -> event))
                .apply(Infer.with("mlp", OnnxIT::fill, (event, scores) -> scores.modelVersion()))
                .writeTo(Sinks.noop());
        Job job;
        try (Threads threads = new Threads()) {
            job = Jobs.of(grid).submit(pipeline);
            threads.start(() -> {
                for (int version = 2; version <= 20; version++) {
                    assertEquals(version, models.deploy("mlp", mlp).version());
                }
            });
            threads.start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    models.score("mlp", new float[COLUMNS]);
                }
            });
            job.join();
        }
        assertEquals(eventCount, job.metrics().eventsOut("infer"));
        assertEquals(20, models.describe("mlp").orElseThrow().version());
    }
}
