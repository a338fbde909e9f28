package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.Failure;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. */
class ReadmeTest {

    private record Payment(String id, double amount, float risk, long atMs) implements Serializable {

        Payment(String id, double amount, float risk) {
            this(id, amount, risk, 0);
        }
    }

    private record Sample(Payment payment, float[] row) implements Serializable {}

    private record Decision(String id, float score, int modelVersion) implements Serializable {}

    private static final MapRef<String, Decision> DECISIONS = MapRef.of("decisions", String.class, Decision.class);
    private static final MapRef<String, Sample> SAMPLES = MapRef.of("samples", String.class, Sample.class);
    private static final Tag<Failure<Payment>> NOT_SCORED = Tag.of("not-scored");

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    /** Between two marks stands an example of the README, line by line. */
    @Test
    void theExampleRuns(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = model(folder, "Abs");
        Payment[] payments = {new Payment("a", 2, 0.5f), new Payment("b", 1, Float.NaN), new Payment("c", 0.25, 0.75f)};
        try (Grid grid = Grid.embedded()) {
            // example
            Models.of(grid).deploy("fraud", file);
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.items(payments))
                    .apply(Infer.with("fraud",
                            (payment, row) -> row.put(payment.amount()).put(payment.risk()),
                            (payment, scores) -> new Decision(payment.id(), scores.f32("p"), scores.modelVersion()),
                            o -> o.onFailure(NOT_SCORED)))
                    .writeTo(Sinks.map(DECISIONS, Decision::id));
            pipeline.sideOutput(NOT_SCORED).writeTo(Sinks.logged());
            Jobs.of(grid).submit(pipeline).join();
            // end of example
            assertEquals(Map.of("a", new Decision("a", 0.5f, 1), "c", new Decision("c", 0.75f, 1)),
                    new TreeMap<>(grid.map(DECISIONS)));
        }
        assertShown("example", 0);
    }

    @Test
    void theExampleOfTrainingAndReplacingRuns(@TempDir Path folder) throws IOException, InterruptedException {
        Path better = model(folder, "Neg");
        long fromMs = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli();
        Payment[] history = {new Payment("a", 2, 0.5f), new Payment("b", 1, 0.25f)};
        Payment[] payments = {new Payment("c", 2, 0.5f, fromMs - 1), new Payment("d", 1, 0.25f, fromMs)};
        try (Grid grid = Grid.embedded()) {
            Models.of(grid).deploy("fraud", model(folder, "Abs"));
            // training example
            BiConsumerEx<Payment, Row> fill = (payment, row) -> row.put(payment.amount()).put(payment.risk());
            Pipeline training = Pipeline.create();
            training.readFrom(Sources.items(history))
                    .apply(Infer.collectOnly(fill, Sample::new))
                    .writeTo(Sinks.map(SAMPLES, sample -> sample.payment().id()));
            Jobs.of(grid).submit(training).join();

            Models.of(grid).deploy("fraud", better, o -> o.from(Instant.parse("2026-07-01T00:00:00Z")));
            Pipeline serving = Pipeline.create();
            serving.readFrom(Sources.items(payments))
                    .withTimestamps(Payment::atMs, Duration.ofSeconds(5))
                    .apply(Infer.with("fraud", fill,
                            (payment, scores) -> new Decision(payment.id(), scores.f32("p"), scores.modelVersion())))
                    .writeTo(Sinks.map(DECISIONS, Decision::id));
            Jobs.of(grid).submit(serving).join();
            // end of training example
            assertArrayEquals(new float[] {2, 0.5f}, grid.map(SAMPLES).get("a").row());
            assertArrayEquals(new float[] {1, 0.25f}, grid.map(SAMPLES).get("b").row());
            assertEquals(Map.of("c", new Decision("c", 0.5f, 1), "d", new Decision("d", -0.25f, 2)),
                    new TreeMap<>(grid.map(DECISIONS)));
        }
        assertShown("training example", 1);
    }

    /** A model whose output is made from the second column. */
    private static Path model(Path folder, String operator) throws IOException {
        return Files.write(folder.resolve(operator + ".onnx"), new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, -1, 2)
                .constant("last", 1)
                .node("Gather", "axis", 1, "second", "x", "last")
                .node(operator, "p", "second")
                .output("p", TinyOnnx.FLOAT, -1, 1)
                .bytes());
    }

    private void assertShown(String name, int ordinal) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/penstock/infer/ReadmeTest.java"));
        String begin = "// " + name + "\n";
        int from = source.indexOf(begin) + begin.length();
        String example = source.substring(from, source.indexOf("// end of " + name, from));
        String shown = readme.split("```java\n")[ordinal + 1];
        assertEquals(example.stripIndent().strip(), shown.substring(0, shown.indexOf("```")).strip());
    }

    @Test
    void saysHowManyVersionsAreKept() {
        assertTrue(readme.contains("| more than " + Models.VERSIONS_MAX + " versions |"));
    }

    @Test
    void namesEveryErrorCode() {
        for (ModelException.Code code : ModelException.Code.values()) {
            assertTrue(readme.contains("`" + code + "`"), code.name());
        }
    }

    @Test
    void namesEveryMetric() {
        try (Grid grid = Grid.embedded()) {
            Models.of(grid, new FakeEngine(), Models.BYTES_MAX).deploy("m", FakeEngine.model(1, 1));
            for (Meter meter : grid.meterRegistry().getMeters()) {
                String name = meter.getId().getName();
                assertTrue(!name.startsWith("penstock.model.") || readme.contains("| `" + name + "` |"), name);
            }
        }
    }
}
