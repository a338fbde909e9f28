package io.penstock.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Call;
import io.penstock.dag.Failure;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The examples of the READMEs compile, run, and print what the READMEs say: between two marks stands each of them. */
class ReadmeExamplesTest {

    private record Payment(String id, String merchant, double amount) implements Serializable {}

    private record Rich(Payment payment, double risk) implements Serializable {}

    private record Decision(String id, float fraud) implements Serializable {}

    private static final MapRef<String, Double> RISKS = MapRef.of("risks", String.class, Double.class);
    private static final MapRef<String, Decision> DECISIONS = MapRef.of("decisions", String.class, Decision.class);
    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final MapRef<String, String> MERCHANTS = MapRef.of("merchants", String.class, String.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void theFirstExampleOfAll() throws IOException, InterruptedException, URISyntaxException {
        Path model = Path.of(getClass().getResource("/fraud.onnx").toURI());
        // example README.md
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(new Payment("p1", "shop", 12.50), new Payment("p2", "casino", 900)))
                .apply(Enrich.with(RISKS, Payment::merchant, Rich::new))
                .apply(Infer.with("fraud",
                        (rich, row) -> row.put(rich.payment().amount()).put(rich.risk()),
                        (rich, scores) -> new Decision(rich.payment().id(), scores.f32("p"))))
                .writeTo(Sinks.map(DECISIONS, Decision::id));

        try (Grid grid = Grid.embedded()) {
            grid.map(RISKS).putAll(Map.of("shop", 0.1, "casino", 0.8));
            Models.of(grid).deploy("fraud", model);
            Jobs.of(grid).submit(pipeline).join();
            out.println(new TreeMap<>(grid.map(DECISIONS)).values());
        }
        // end of example
        assertShown("README.md");
        assertPrints("[Decision[id=p1, fraud=0.0300320", "], Decision[id=p2, fraud=0.99972");
        assertCompiled(pipeline.explain(4));
    }

    @Test
    void theExampleOfJetDag() throws IOException, InterruptedException {
        // example jet-dag/README.md
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1_000_000, i -> i))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 10)
                .window(WindowDefinition.tumbling(Duration.ofMinutes(10)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));
        out.println(pipeline.explain(4));

        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).submit(pipeline).join();
            out.println(grid.map(COUNTS).get("7@600000"));
        }
        // end of example
        assertShown("jet-dag/README.md");
        assertPrints("vertex 1 x4\n", "60000");
        assertCompiled(pipeline.explain(4));
    }

    @Test
    void theLifeOfAJobOfJetDag() throws IOException, InterruptedException {
        // example jet-dag/README.md, The life of a job
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(10_000_000, i -> i))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 10)
                .window(WindowDefinition.tumbling(Duration.ofMinutes(100)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));

        try (Grid grid = Grid.embedded()) {
            Job job = Jobs.of(grid).submit(pipeline, o -> o.name("counts").guarantee(Guarantee.EXACTLY_ONCE));
            job.suspend();                                              // behind a snapshot
            out.println(Jobs.of(grid).job("counts").map(Job::status));
            job.resume();                                               // goes on from there
            job.join();
            out.println(job.metrics().eventsIn("window") + " events, " + grid.map(COUNTS).get("7@6000000"));
        }
        // end of example
        assertShown("jet-dag/README.md", "The life of a job");
        assertPrints("Optional[SUSPENDED]", "10000000 events, 600000");
    }

    @Test
    void theCallOfJetDag() throws IOException {
        // example jet-dag/README.md, A pipeline as a function
        Pipeline pipeline = Pipeline.create();
        Stage<Decision> decided = pipeline.readFrom(Sources.calls("authorize", Payment.class))
                .filter(payment -> payment.amount() > 0)
                .map(payment -> new Decision(payment.id(), payment.amount() > 500 ? 0.9f : 0.1f));
        decided.writeTo(Sinks.reply());                                         // answers the caller
        decided.filter(decision -> decision.fraud() > 0.5)                      // and goes on
                .writeTo(Sinks.map(DECISIONS, Decision::id));

        try (Grid grid = Grid.embedded();
                Call<Payment, Decision> authorize = Jobs.of(grid).serve("authorize", pipeline,
                        o -> o.onTimeout(payment -> new Decision(payment.id(), 0)))) {
            CompletionStage<Decision> answer = authorize.ask(new Payment("p1", "shop", 900), Duration.ofMillis(500));
            answer.thenAccept(decision -> out.println(decision)).toCompletableFuture().join();
        }
        // end of example
        assertShown("jet-dag/README.md", "A pipeline as a function");
        assertPrints("Decision[id=p1, fraud="); // 0.9, or on a very slow machine 0.0
        try (Grid grid = Grid.embedded(); Call<Payment, Decision> call = Jobs.of(grid).serve("authorize", pipeline)) {
            assertCompiled(call.job().explain());
        }
    }

    @Test
    void theExampleOfEnrichment() throws IOException, InterruptedException {
        Pipeline pipeline = Pipeline.create();
        Stage<Payment> payments =
                pipeline.readFrom(Sources.items(new Payment("p1", "shop", 1), new Payment("p2", "?", 1)));
        // example enrichment/README.md
        Stage<String> sentences = payments.apply(Enrich.with(
                MERCHANTS,                      // the grid map to look up
                payment -> payment.merchant(),  // the key
                (payment, name) -> payment.id() + " was paid at " + name,
                o -> o.name("merchant").onMiss(UNKNOWN)));
        pipeline.sideOutput(UNKNOWN).writeTo(Sinks.logged());
        // end of example
        assertShown("enrichment/README.md");
        MapRef<String, String> result = MapRef.of("result", String.class, String.class);
        sentences.writeTo(Sinks.map(result, sentence -> sentence));
        assertCompiled(pipeline.explain(4));
        try (Grid grid = Grid.embedded()) {
            grid.map(MERCHANTS).put("shop", "Ada's shop");
            Jobs.of(grid).submit(pipeline).join();
            assertEquals(Map.of("p1 was paid at Ada's shop", "p1 was paid at Ada's shop"), grid.map(result));
        }
    }

    @Test
    void jetDagsReadmeNamesEveryMetricOfCalls() throws IOException {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.calls("calls", Payment.class)).writeTo(Sinks.reply());
        String readme = Files.readString(Excerpt.ROOT.resolve("jet-dag/README.md"));
        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).serve("calls", pipeline);
            for (Meter meter : grid.meterRegistry().getMeters()) {
                String name = meter.getId().getName();
                assertTrue(readme.contains("`" + name + "`") || !name.startsWith("penstock.call"), name);
            }
        }
    }

    @Test
    void jetDagsReadmeNamesEveryMetric() throws IOException {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 10)
                .window(WindowDefinition.tumbling(Duration.ofMinutes(10)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        String readme = Files.readString(Excerpt.ROOT.resolve("jet-dag/README.md"));
        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).submit(pipeline);
            for (Meter meter : grid.meterRegistry().getMeters()) {
                String name = meter.getId().getName();
                assertTrue(readme.contains("`" + name + "`") || !name.startsWith("penstock.stage"), name);
            }
        }
    }

    private static void assertShown(String page) throws IOException {
        Excerpt.assertShown(ReadmeExamplesTest.class, page, "");
    }

    private static void assertShown(String page, String heading) throws IOException {
        Excerpt.assertShown(ReadmeExamplesTest.class, page, heading);
    }

    /** What has no state is compiled: only a source that is not the engine's own, and what keeps state, may not be. */
    static void assertCompiled(String explanation) {
        List<String> interpreted = explanation.lines()
                .filter(line -> line.contains("interpreted: "))
                .filter(line -> !line.contains("reads through its own code") && !line.contains("keeps state by key")
                        && !line.contains("adds up what the first step sends"))
                .toList();
        assertEquals(List.of(), interpreted);
        assertTrue(explanation.contains("compiled, loop 1"), explanation);
    }

    private void assertPrints(String... parts) {
        String all = printed.toString(StandardCharsets.UTF_8);
        for (String part : parts) {
            assertTrue(all.contains(part), all);
        }
    }
}
