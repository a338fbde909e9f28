package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.enrich.Enrich;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** A pipeline that answers calls, in a test: the payment example. */
class CallsTest {

    private record Ask(String id, String merchant, String card, double amount, long atMs) implements Serializable {}

    private record Rich(Ask ask, double risk, double sum) implements Serializable {}

    private record Decision(String id, float score) implements Serializable {}

    private static final MapRef<String, Double> RISKS = MapRef.of("risks", String.class, Double.class);
    private static final MapRef<String, Decision> ALERTS = MapRef.of("alerts", String.class, Decision.class);
    private static final Tag<Failure<Ask>> UNKNOWN = Tag.of("unknown");
    private static final Tag<Failure<Rich>> NOT_SCORED = Tag.of("not-scored");

    private static Pipeline pipeline() {
        Pipeline p = Pipeline.create();
        Stage<Decision> decided = p.readFrom(Sources.calls("authorize", Ask.class))
                .withTimestamps(ask -> ask.atMs(), Duration.ofSeconds(5))
                .apply(Enrich.with(RISKS, ask -> ask.merchant(), (ask, risk) -> new Rich(ask, risk, 0),
                        o -> o.onMiss(UNKNOWN)))
                .groupingKey(rich -> rich.ask().card())
                .mapStateful(Duration.ofHours(1), () -> new double[1], (sum, card, rich) ->
                        new Rich(rich.ask(), rich.risk(), sum[0] += rich.ask().amount()))
                .apply(Infer.with("fraud",
                        (rich, row) -> row.put((float) rich.sum()).put((float) rich.risk()),
                        (rich, scores) -> new Decision(rich.ask().id(), scores.f32("p")),
                        o -> o.onFailure(NOT_SCORED)));
        decided.writeTo(Sinks.reply());
        decided.filter(decision -> decision.score() > 0.5).writeTo(Sinks.map(ALERTS, decision -> decision.id()));
        p.sideOutput(UNKNOWN).writeTo(Sinks.logged());
        p.sideOutput(NOT_SCORED).map(failure -> new Decision(failure.event().ask().id(), -1)).writeTo(Sinks.reply());
        return p;
    }

    private static Ask ask(String id, String merchant, double amount) {
        return new Ask(id, merchant, "card", amount, 1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void answersEachCall(int workers) {
        for (long seed = 1; seed <= 20; seed++) {
            long ofTest = seed;
            try (PipelineTest test = PipelineTest.of(pipeline(), o -> o.workers(workers).seed(ofTest))) {
                test.with(RISKS, "shop", 0.5).model("fraud", row -> row[0] / 1_000);
                assertEquals(new Decision("p1", 0.1f), test.call(ask("p1", "shop", 100)));
                assertEquals(new Decision("p2", 0.7f), test.call(ask("p2", "shop", 600)));
                assertEquals(new Decision("p3", -1f), test.call(ask("p3", "shop", Double.NaN)));
                test.expectNoAnswer(ask("p4", "?", 1), "stage 'enrich': map 'risks' has no entry for the key")
                        .expectOn(ALERTS, "p2", new Decision("p2", 0.7f))
                        .expectSideOutput(UNKNOWN, 1)
                        .expectSideOutput(NOT_SCORED, 1)
                        .expectCount("reply", "in", 2);
            }
        }
    }

    @Test
    void takesEventsThatNobodyWaitsFor() {
        try (PipelineTest test = PipelineTest.of(pipeline())) {
            test.with(RISKS, "shop", 0.5).model("fraud", row -> row[0] / 1_000)
                    .at("10:00", ask("p1", "shop", 600))
                    .expectOn(ALERTS, "p1", new Decision("p1", 0.6f))
                    .expectCount("reply", "without.call", 1);
        }
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        try (PipelineTest test = PipelineTest.of(pipeline())) {
            test.with(RISKS, "shop", 0.5).model("fraud", row -> 0.25f);
            String message = assertThrows(AssertionError.class, () -> test.call(ask("p1", "?", 1))).getMessage();
            assertTrue(message.contains("stage 'enrich': map 'risks' has no entry for the key"), message);
            assertTrue(message.contains("seed 1"), message);
            assertThrows(AssertionError.class, () -> test.expectNoAnswer(ask("p2", "shop", 1), ""));
        }
    }

    @Test
    void refusesWhatIsNoCall() {
        try (PipelineTest test = PipelineTest.of(pipeline())) {
            test.model("fraud", row -> 0.25f);
            assertThrows(IllegalArgumentException.class, () -> test.call("x"));
            assertThrows(IllegalArgumentException.class, () -> test.call(null));
        }
        Pipeline other = Pipeline.create();
        other.readFrom(Sources.items(1)).writeTo(Sinks.noop());
        try (PipelineTest test = PipelineTest.of(other)) {
            assertThrows(IllegalArgumentException.class, () -> test.call(1));
        }
    }
}
