package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {

    private record Payment(String id, String merchant, long atMs, double amount) implements Serializable {}

    private record Rich(Payment payment, double risk) implements Serializable {}

    private record Decision(String id, String merchant, float p) implements Serializable {}

    private static final MapRef<String, Double> MERCHANTS = MapRef.of("merchants", String.class, Double.class);
    private static final MapRef<String, Float> ALERTS = MapRef.of("alerts", String.class, Float.class);
    private static final MapRef<String, Long> PER_HOUR = MapRef.of("per-hour", String.class, Long.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown-merchant");

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    /** The pipeline that the README's example tests. */
    private static Pipeline alerts() {
        Pipeline pipeline = Pipeline.create();
        var decided = pipeline.readFrom(Sources.items(payment("never", "read", "00:00", 0)))
                .withTimestamps(Payment::atMs, Duration.ofSeconds(5))
                .apply(Enrich.with(MERCHANTS, Payment::merchant, Rich::new, o -> o.onMiss(UNKNOWN)))
                .apply(Infer.with("fraud",
                        (rich, row) -> row.put(rich.payment().amount()).put(rich.risk()),
                        (rich, out) -> new Decision(rich.payment().id(), rich.payment().merchant(), out.f32("p"))));
        decided.filter(decision -> decision.p() > 0.9).writeTo(Sinks.map(ALERTS, Decision::id, Decision::p));
        decided.groupingKey(Decision::merchant)
                .window(WindowDefinition.tumbling(Duration.ofHours(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(PER_HOUR, r -> r.key(), r -> r.result()));
        pipeline.sideOutput(UNKNOWN).writeTo(Sinks.logged());
        return pipeline;
    }

    private static Payment payment(String id, String merchant, String at, double amount) {
        return new Payment(id, merchant, LocalTime.parse(at).toSecondOfDay() * 1_000L, amount);
    }

    @Test
    void theExampleRuns() throws IOException {
        // example
        Payment small = payment("p1", "shop", "10:00", 12.50);
        Payment large = payment("p2", "casino", "10:20", 900);
        Payment stray = payment("p3", "?", "10:30", 1);

        try (PipelineTest test = PipelineTest.of(alerts())) {
            test.with(MERCHANTS, Map.of("shop", 0.1, "casino", 0.8))
                    .model("fraud", row -> row[0] > 100 ? 0.97f : 0.02f)
                    .at("10:00", small)
                    .at("10:20", large)
                    .at("10:30", stray)
                    .expectOn(ALERTS, Map.of("p2", 0.97f))
                    .expectSideOutput(UNKNOWN, "map 'merchants' has no entry for the key")
                    .expectNothingOn(PER_HOUR)
                    .advanceTo("11:00")
                    .expectOn(PER_HOUR, Map.of("shop", 1L, "casino", 1L));
        }
        // end of example
        String source = Files.readString(Path.of("src/test/java/io/penstock/testing/ReadmeTest.java"));
        int from = source.indexOf("// example\n") + "// example\n".length();
        String example = source.substring(from, source.indexOf("// end of example", from));
        String shown = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
        assertEquals(example.stripIndent().strip(), shown.substring(0, shown.indexOf("```")).strip());
    }

    @Test
    void theTableNamesEveryMethod() {
        for (Class<?> type : new Class<?>[] {PipelineTest.class, PipelineTestOptions.class}) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    assertTrue(readme.contains(method.getName() + "("), method.getName());
                }
            }
        }
    }

    @Test
    void theMessageThatItShowsIsWhatATestPrints() {
        AssertionError error = null;
        try (PipelineTest test = PipelineTest.of(alerts())) {
            test.with(MERCHANTS, "shop", 0.1)
                    .model("fraud", row -> 0.97f)
                    .at("10:00", payment("p1", "shop", "10:00", 12.50))
                    .expectOn(PER_HOUR, "shop", 1L);
        } catch (AssertionError e) {
            error = e;
        }
        assertTrue(readme.contains("```\n" + error.getMessage() + "\n```"), error.getMessage());
    }
}
