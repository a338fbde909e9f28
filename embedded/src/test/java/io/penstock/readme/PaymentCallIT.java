package io.penstock.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Call;
import io.penstock.dag.CallException;
import io.penstock.dag.Failure;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payments of the design as a function: a served pipeline of all modules, of which what has no state is compiled. */
@Timeout(60)
class PaymentCallIT {

    private record Payment(String id, String card, String merchant, double amount, long atMs) implements Serializable {}

    private record Rich(Payment payment, double risk, long ordinal) implements Serializable {}

    private record Decision(String id, float fraud, long ordinal) implements Serializable {

        boolean alert() {
            return fraud > 0.5;
        }
    }

    private static final MapRef<String, Double> RISKS = MapRef.of("risks", String.class, Double.class);
    private static final MapRef<String, Decision> ALERTS = MapRef.of("alerts", String.class, Decision.class);
    private static final MapRef<String, String> BAD = MapRef.of("bad", String.class, String.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown");
    private static final Tag<Failure<Rich>> NOT_SCORED = Tag.of("not-scored");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Pipeline pipeline = Pipeline.create();

    private void buildPipeline() {
        Stage<Decision> decided = pipeline.readFrom(Sources.calls("authorize", Payment.class))
                .withTimestamps(payment -> payment.atMs(), Duration.ofSeconds(5))
                .apply(Enrich.with(RISKS, Payment::merchant, (payment, risk) -> new Rich(payment, risk, 0),
                        o -> o.onMiss(UNKNOWN)))
                .groupingKey(rich -> rich.payment().card())
                .mapStateful(Duration.ofHours(1), () -> new long[1],
                        (count, card, rich) -> new Rich(rich.payment(), rich.risk(), ++count[0]))
                .apply(Infer.with("fraud",
                        (rich, row) -> row.put(rich.payment().amount()).put(rich.risk()),
                        (rich, scores) -> new Decision(rich.payment().id(), scores.f32("p"), rich.ordinal()),
                        o -> o.onFailure(NOT_SCORED)));
        decided.writeTo(Sinks.reply());
        decided.filter(decision -> decision.alert()).writeTo(Sinks.map(ALERTS, Decision::id));
        pipeline.sideOutput(UNKNOWN)
                .writeTo(Sinks.map(BAD, failure -> failure.event().id(), failure -> failure.stage()));
        pipeline.sideOutput(NOT_SCORED)
                .writeTo(Sinks.map(BAD, failure -> failure.event().payment().id(), failure -> failure.stage()));
    }

    @ParameterizedTest
    @CsvSource({"2, row by row", "20000, a batch at a time"})
    void answersThroughCompiledStages(int merchants, String lookUp) throws Exception {
        buildPipeline();
        try (Grid grid = Grid.embedded()) {
            Map<String, Double> risks = new HashMap<>(Map.of("shop", 0.1, "casino", 0.8));
            for (int i = risks.size(); i < merchants; i++) {
                risks.put("merchant-" + i, 0.5);
            }
            grid.map(RISKS).putAll(risks);
            Models.of(grid).deploy("fraud", Path.of(getClass().getResource("/fraud.onnx").toURI()));
            try (Call<Payment, Decision> authorize = Jobs.of(grid, o -> o.workers(2)).serve("authorize", pipeline)) {
                String explanation = authorize.job().explain();
                ReadmeExamplesTest.assertCompiled(explanation);
                assertTrue(explanation.contains("looks up 'risks' " + lookUp), explanation);
                assertTrue(explanation.contains("keeps state by key"), explanation);

                Decision first = ask(authorize, "p1", "shop", 12.50);
                assertEquals(new Decision("p1", first.fraud(), 1), first);
                assertEquals(0.030f, first.fraud(), 0.001f);
                assertEquals(2, ask(authorize, "p2", "casino", 900).ordinal());
                assertRefuses("no answer: stage 'enrich': map 'risks' has no entry for the key",
                        authorize, "p3", "?", 1);
                assertRefuses("no answer: stage 'infer': ", authorize, "p4", "shop", Double.NaN);
                assertEquals(4, ask(authorize, "p5", "shop", 1).ordinal());
            }
            assertEquals(Set.of("p2"), grid.map(ALERTS).keySet());
            assertEquals("{p3=enrich, p4=infer}", grid.map(BAD).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "{", "}")));
        }
    }

    private static Decision ask(Call<Payment, Decision> authorize, String id, String merchant, double amount) {
        return authorize.ask(new Payment(id, "card", merchant, amount, 1_000), LONG).toCompletableFuture().join();
    }

    private static void assertRefuses(
            String reason, Call<Payment, Decision> authorize, String id, String merchant, double amount) {
        CallException failure = (CallException) assertThrows(
                CompletionException.class, () -> ask(authorize, id, merchant, amount)).getCause();
        assertEquals(CallException.Code.NO_ANSWER, failure.code());
        assertTrue(failure.getMessage().startsWith("call 'authorize': " + reason), failure.getMessage());
    }
}
