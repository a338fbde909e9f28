package io.penstock.testing;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.KeyedStage;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes by event time follows the test's clock. */
class TimeTest {

    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final MapRef<String, Double> SUMS = MapRef.of("sums", String.class, Double.class);
    private static final Tag<Failure<Payment>> LATE = Tag.of("late");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Pipeline pipeline = Pipeline.create();

    private Stage<Payment> source(String name, Duration lag) {
        return pipeline.readFrom(SourceBuilder.batch(name, () -> "not opened in a test")
                        .<Payment>fillBufferFn((context, buffer) -> buffer.close())
                        .build())
                .withTimestamps(Payment::atMs, lag);
    }

    private void countPerHour(Stage<Payment> payments) {
        payments.groupingKey(Payment::card)
                .window(WindowDefinition.tumbling(HOUR))
                .aggregate(AggregateOperations.counting(), o -> o.onLate(LATE))
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + TestClock.format(r.endMs()), r -> r.result()));
        pipeline.sideOutput(LATE).writeTo(Sinks.noop());
    }

    @Test
    void advanceToClosesWindowsByKey() {
        countPerHour(source("payments", Duration.ofMinutes(5)));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("10:10", Payment.of("a", "c1", "10:10", 1), Payment.of("b", "c2", "10:10", 1))
                    .at("10:59", Payment.of("c", "c1", "10:59", 1))
                    .advanceTo("10:59:59")
                    .expectNothingOn(COUNTS)
                    .advanceTo("11:00")
                    .expectOn(COUNTS, Map.of("c1@11:00", 2L, "c2@11:00", 1L));
        }
    }

    @Test
    void atLeavesTheAllowedLagToLateEvents() {
        countPerHour(source("payments", Duration.ofMinutes(5)));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("11:04:59", Payment.of("a", "c1", "10:59", 1))
                    .expectSideOutput(LATE, 0)
                    .expectNothingOn(COUNTS)
                    .at("11:05")
                    .expectOn(COUNTS, Map.of("c1@11:00", 1L));
        }
    }

    @Test
    void lateEventsGoToTheSideOutputThatThePipelineReads() {
        countPerHour(source("payments", Duration.ZERO));
        Payment late = Payment.of("b", "c1", "10:30", 1);
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("10:10", Payment.of("a", "c1", "10:10", 1))
                    .advanceTo("11:00")
                    .at("11:01", late)
                    .expectSideOutput(LATE, "late: the watermark is 1860000 ms ahead")
                    .expectSideOutput(LATE, failure -> failure.event().equals(late))
                    .expectSideOutput(LATE, 1)
                    .expectCount("window", "late", 1)
                    .expectOn(COUNTS, "c1@11:00", 1L)
                    .end()
                    .expectOn(COUNTS, Map.of("c1@11:00", 1L));
        }
    }

    @Test
    void endClosesAllWindows() {
        countPerHour(source("payments", HOUR));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.send(Payment.of("a", "c1", "10:10", 1), Payment.of("b", "c1", "23:10", 1))
                    .end()
                    .expectOn(COUNTS, Map.of("c1@11:00", 1L, "c1@1970-01-02T00:00:00Z", 1L));
        }
    }

    @Test
    void timeThatPassesEndsTheStateOfAKey() {
        source("payments", Duration.ZERO)
                .groupingKey(Payment::card)
                .mapStateful(HOUR, () -> new double[1], (sum, card, payment) -> {
                    sum[0] += payment.amount();
                    return payment.id() + "=" + sum[0];
                })
                .writeTo(Sinks.map(SUMS, text -> text.split("=")[0], text -> Double.parseDouble(text.split("=")[1])));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("10:00", Payment.of("a", "c1", "10:00", 5))
                    .at("11:00", Payment.of("b", "c1", "11:00", 7))
                    .at("12:00:01", Payment.of("c", "c1", "12:00:01", 1))
                    .advanceTo("14:00")
                    .at("14:00", Payment.of("d", "c1", "14:00", 2))
                    .expectOn(SUMS, Map.of("a", 5.0, "b", 12.0, "c", 1.0, "d", 2.0));
        }
    }

    @Test
    void joinsAsOfTheTimeOfTheEventWhicheverSourceIsFirst() {
        KeyedStage<Payment, String> payments = source("payments", Duration.ofMinutes(10)).groupingKey(Payment::card);
        KeyedStage<Payment, String> limits = source("limits", Duration.ZERO).groupingKey(Payment::card);
        payments.joinAsOf(limits, Duration.ofDays(1), () -> new double[1],
                        (state, limit) -> state[0] = limit.amount(),
                        (state, card, payment) -> new Payment(payment.id(), card, 0, state[0] - payment.amount()))
                .writeTo(Sinks.map(SUMS, Payment::id, Payment::amount));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("10:00")
                    .into("limits", Payment.of("l1", "c1", "10:00", 100))
                    .at("10:05")
                    .into("payments", Payment.of("b", "c1", "10:05", 30), Payment.of("a", "c1", "09:59", 30))
                    .expectNothingOn(SUMS)
                    .at("10:06")
                    .into("limits", Payment.of("l2", "c1", "10:06", 50))
                    .into("payments", Payment.of("c", "c1", "10:06", 30))
                    .advanceTo("10:07")
                    .expectOn(SUMS, Map.of("a", -30.0, "b", 70.0, "c", 20.0));
        }
    }

    @Test
    void aSourceOfSeveralInstancesAdvancesInAllOfThem() {
        countPerHour(pipeline.readFrom(Sources.generator(5, i -> Payment.of("x", "x", "00:00", i)))
                .withTimestamps(Payment::atMs, Duration.ZERO));
        try (PipelineTest test = PipelineTest.of(pipeline, o -> o.workers(4))) {
            test.at("10:10", Payment.of("a", "c1", "10:10", 1))
                    .at("11:10", Payment.of("b", "c2", "11:10", 1))
                    .expectOn(COUNTS, Map.of("c1@11:00", 1L))
                    .expectCount("generator", "out", 2);
        }
    }

    @Test
    void takesInstantsAndMilliseconds() {
        countPerHour(source("payments", Duration.ZERO));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at(10L, new Payment("a", "c1", 10, 1))
                    .advanceTo(3_600_000)
                    .expectOn(COUNTS, Map.of("c1@01:00", 1L))
                    .at("2026-01-31T10:00:00Z", Payment.of("b", "c1", "2026-01-31T10:00:00Z", 1))
                    .advanceTo("2026-01-31T11:00:00Z")
                    .expectOn(COUNTS, Map.of("c1@01:00", 1L, "c1@2026-01-31T11:00:00Z", 1L));
        }
    }
}
