package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. */
class ReadmeTest {

    private record Payment(String id, double amount, float risk) implements Serializable {}

    private record Decision(String id, float score, int modelVersion) implements Serializable {}

    private static final MapRef<String, Decision> DECISIONS = MapRef.of("decisions", String.class, Decision.class);
    private static final Tag<Failure<Payment>> NOT_SCORED = Tag.of("not-scored");

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    /** Between the two marks stands the example, line by line. */
    @Test
    void theExampleRuns(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("fraud.onnx"), new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, -1, 2)
                .constant("last", 1)
                .node("Gather", "axis", 1, "second", "x", "last")
                .node("Abs", "p", "second")
                .output("p", TinyOnnx.FLOAT, -1, 1)
                .bytes());
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
        String source = Files.readString(Path.of("src/test/java/io/penstock/infer/ReadmeTest.java"));
        int from = source.indexOf("// example\n") + "// example\n".length();
        String example = source.substring(from, source.indexOf("// end of example", from));
        String shown = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
        assertEquals(example.stripIndent().strip(), shown.substring(0, shown.indexOf("```")).strip());
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
