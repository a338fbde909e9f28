package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.enrich.Enrich;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Look-ups, models and side outputs. */
class StepsTest {

    private static final MapRef<String, Double> RISKS = MapRef.of("risks", String.class, Double.class);
    private static final MapRef<String, String> SCORES = MapRef.of("scores", String.class, String.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown");
    private static final Tag<Failure<Payment>> BAD = Tag.of("bad");

    private final Pipeline pipeline = Pipeline.create();
    private final Stage<Payment> payments = pipeline.readFrom(Sources.items(Payment.of("never", "", "10:00", 0)));

    private void score() {
        payments.apply(Enrich.with(RISKS, Payment::card,
                        (payment, risk) -> new Payment(payment.id(), payment.card(), 0, payment.amount() * risk),
                        o -> o.onMiss(UNKNOWN)))
                .apply(Infer.with("fraud",
                        (payment, row) -> row.put(payment.amount()).put(1),
                        (payment, scores) ->
                                payment.id() + "=" + scores.f32("p") + " v" + scores.modelVersion(),
                        o -> o.name("score").onFailure(BAD)))
                .writeTo(Sinks.map(SCORES, text -> text.split("=")[0], text -> text.split("=")[1]));
        pipeline.sideOutput(UNKNOWN).writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.noop());
    }

    @Test
    void enrichesAndScoresWithAFunction() {
        score();
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.with(RISKS, Map.of("c1", 0.5))
                    .model("fraud", row -> row[0] + row[1])
                    .send(Payment.of("a", "c1", "10:00", 3), Payment.of("b", "c2", "10:00", 3))
                    .expectOn(SCORES, Map.of("a", "2.5 v1"))
                    .expectSideOutput(UNKNOWN, "map 'risks' has no entry for the key")
                    .expectSideOutput(UNKNOWN, failure -> failure.event().id().equals("b"))
                    .expectSideOutput(BAD, 0)
                    .expectCount("enrich", "misses", 1)
                    .expectCount("score", "in", 1);
            assertEquals(List.of("c2"), test.sideOutput(UNKNOWN).stream().map(Failure::key).toList());
        }
    }

    @Test
    void mapsAndModelsChangeBetweenTwoEvents() {
        score();
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.model("fraud", row -> 0.97f)
                    .send(Payment.of("a", "c1", "10:00", 3))
                    .with(RISKS, "c1", 0.5)
                    .send(Payment.of("b", "c1", "10:00", 3))
                    .model("fraud", row -> 0.5f)
                    .send(Payment.of("c", "c1", "10:00", 3))
                    .expectOn(SCORES, Map.of("b", "0.97 v1", "c", "0.5 v2"));
            test.grid().map(SCORES).clear();
            test.expectNothingOn(SCORES);
        }
    }

    @Test
    void aVersionScoresTheEventsFromItsTimeOn() {
        payments.withTimestamps(Payment::atMs, Duration.ofHours(1))
                .apply(Infer.with("fraud",
                        (payment, row) -> row.put(payment.amount()),
                        (payment, scores) -> payment.id() + scores.f32("p")))
                .writeTo(Sinks.map(SCORES, text -> text.substring(0, 1)));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.model("fraud", row -> 1)
                    .modelFrom("11:00", "fraud", row -> 2)
                    .send(Payment.of("b", "c1", "11:00", 3), Payment.of("a", "c1", "10:59", 3))
                    .expectOn(SCORES, Map.of("a", "a1.0", "b", "b2.0"));
        }
    }

    @Test
    void withoutTimestampsItIsTheTestsTimeThatCounts() {
        payments.apply(Infer.with("fraud",
                        (payment, row) -> row.put(payment.amount()),
                        (payment, scores) -> payment.id() + scores.f32("p")))
                .writeTo(Sinks.map(SCORES, text -> text.substring(0, 1)));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.model("fraud", row -> 1)
                    .modelFrom("11:00", "fraud", row -> 2)
                    .send(Payment.of("a", "c1", "12:00", 3))
                    .at("11:00", Payment.of("b", "c1", "09:00", 3))
                    .expectOn(SCORES, Map.of("a", "a1.0", "b", "b2.0"));
        }
    }

    @Test
    void aRowOnWhichTheFunctionThrowsIsGivenUp() {
        score();
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.with(RISKS, "c1", 1.0)
                    .model("fraud", row -> {
                        if (row[0] > 100) {
                            throw new IllegalStateException("out of range");
                        }
                        return row[0];
                    })
                    .send(Payment.of("a", "c1", "10:00", 3), Payment.of("b", "c1", "10:00", 300),
                            Payment.of("c", "c1", "10:00", Double.NaN))
                    .expectOn(SCORES, Map.of("a", "3.0 v1"))
                    .expectSideOutput(BAD, "model 'fraud' v1 failed to score it", "column 0 (from 0) is NaN");
        }
    }

    @Test
    void aModelGivesSeveralOutputs() {
        payments.apply(Infer.with("fraud",
                        (payment, row) -> row.put(payment.amount()),
                        (payment, scores) -> scores.f32("label") + " " + scores.f32("probabilities", 1)))
                .writeTo(Sinks.map(SCORES, text -> "a"));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.modelWithOutputs("fraud", row -> Map.of(
                            "label", new float[] {1}, "probabilities", new float[] {1 - row[0], row[0]}))
                    .send(Payment.of("a", "c1", "10:00", 0.75))
                    .expectOn(SCORES, "a", "1.0 0.75");
        }
    }

    @Test
    void aModelOfOnnxIsDeployedThroughTheGrid() throws IOException {
        payments.apply(Infer.with("fraud",
                        (payment, row) -> row.put(payment.amount()).put(0.8),
                        (payment, scores) -> scores.f32("p") > 0.9 ? "fraud" : "fine"))
                .writeTo(Sinks.map(SCORES, text -> "a"));
        try (PipelineTest test = PipelineTest.of(pipeline);
                InputStream model = getClass().getResourceAsStream("/fraud.onnx")) {
            Models.of(test.grid()).deploy("fraud", model.readAllBytes());
            test.send(Payment.of("a", "c1", "10:00", 900)).expectOn(SCORES, "a", "fraud");
        }
    }

    @Test
    void startsNoThread() {
        score();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.with(RISKS, "c1", 1.0).model("fraud", row -> 0).send(Payment.of("a", "c1", "10:00", 3)).end();
            List<String> started = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("penstock"))
                    .toList();
            assertEquals(List.of(), started);
        }
    }
}
