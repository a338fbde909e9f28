package io.penstock.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EnrichIT {

    private record Payment(long id, String merchantId) {}

    private record Merchant(String name, int risk) implements java.io.Serializable {}

    private record Rich(Payment payment, Merchant merchant) {
        private static Rich of(Payment payment, Merchant merchant) {
            return new Rich(payment, merchant);
        }
    }

    private static final MapRef<String, Merchant> MERCHANTS = MapRef.of("merchants", String.class, Merchant.class);
    private static final MapRef<Long, Integer> RISKS = MapRef.of("risks", Long.class, Integer.class);
    private static final MapRef<Long, String> REASONS = MapRef.of("reasons", Long.class, String.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown-merchant");
    private static final Tag<Failure<Payment>> BROKEN = Tag.of("broken");

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @BeforeEach
    void fillMap() {
        grid.map(MERCHANTS).putAll(Map.of("a", new Merchant("Anna", 3), "b", new Merchant("Ben", 5)));
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void joinsEachEventWithTheEntryOfItsKey(int workers) throws InterruptedException {
        payments(10_000, "ab")
                .apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of))
                .writeTo(Sinks.map(RISKS, rich -> rich.payment().id(), rich -> rich.merchant().risk()));

        Jobs.of(grid, o -> o.workers(workers)).submit(pipeline).join();

        assertEquals(10_000, grid.map(RISKS).size());
        grid.map(RISKS).forEach((id, risk) -> assertEquals(id % 2 == 0 ? 3 : 5, risk));
    }

    @Test
    void sendsMissesToASideOutputWithTheEventAndTheReason() throws InterruptedException {
        payments(9, "abx")
                .apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of, o -> o.onMiss(UNKNOWN)))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(UNKNOWN)
                .writeTo(Sinks.map(REASONS, f -> f.event().id(), f -> f.stage() + ": " + f.reason()));

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        String reason = "enrich: map 'merchants' has no entry for the key";
        assertEquals(Map.of(2L, reason, 5L, reason, 8L, reason), grid.map(REASONS));
        assertEquals(3, job.metrics().count("enrich", "misses"));
        assertEquals(6, job.metrics().eventsIn("noop"));
    }

    @Test
    void skipsAndCountsMissesWhenAsked() throws InterruptedException {
        payments(9, "abx")
                .apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of, o -> o.skipMisses().name("lookup")))
                .writeTo(Sinks.noop());

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        assertEquals(3, job.metrics().count("lookup", "misses"));
        assertEquals(6, job.metrics().eventsIn("noop"));
    }

    @Test
    void joinsMissesWithADefaultWhenAsked() throws InterruptedException {
        payments(3, "abx")
                .apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of, o -> o.onMissUse(new Merchant("?", 9))))
                .writeTo(Sinks.map(RISKS, rich -> rich.payment().id(), rich -> rich.merchant().risk()));

        Jobs.of(grid).submit(pipeline).join();

        assertEquals(Map.of(0L, 3, 1L, 5, 2L, 9), grid.map(RISKS));
    }

    @Test
    void aMissFailsTheJobUnlessToldOtherwiseAndShowsNoContent() {
        payments(1, "x").apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of)).writeTo(Sinks.noop());

        Job job = Jobs.of(grid).submit(pipeline, o -> o.name("pay"));

        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("enrich", failure.stage());
        assertTrue(failure.getMessage().startsWith("job 'pay': stage 'enrich': event of type Payment, key #"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("map 'merchants' has no entry for the key; add the entry, or say"),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("Payment["), failure.getMessage());
    }

    @Test
    void aNullKeyIsAMissAndAFailingFunctionAFailure() throws InterruptedException {
        payments(4, "abx")
                .apply(Enrich.with(
                        MERCHANTS,
                        p -> p.id() == 0 ? null : p.merchantId(),
                        (p, merchant) -> new Rich(p, merchant.risk() == 5 ? fail() : merchant),
                        o -> o.onMiss(UNKNOWN).onFailure(BROKEN)))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(UNKNOWN).writeTo(Sinks.map(REASONS, f -> f.event().id(), Failure::reason));
        pipeline.sideOutput(BROKEN).writeTo(Sinks.map(REASONS, f -> f.event().id(), Failure::reason));

        Job job = Jobs.of(grid).submit(pipeline);
        job.join();

        String miss = "map 'merchants' has no entry for the key";
        assertEquals(
                Map.of(0L, miss, 2L, miss, 1L, "IllegalStateException in the stage's function"), grid.map(REASONS));
        assertEquals(1, job.metrics().eventsIn("noop"));
    }

    @Test
    void seesEntriesThatAreAddedWhileTheJobRuns() throws InterruptedException {
        grid.map(MERCHANTS).clear();
        pipeline.readFrom(Sources.generator(100_000, i -> i))
                .map(i -> new Payment(i, "late"))
                .apply(Enrich.with(MERCHANTS, Payment::merchantId, Rich::of, o -> o.onMiss(UNKNOWN)))
                .writeTo(Sinks.noop());
        // The first miss adds the entry itself, so that the order of events, and not the clock, decides.
        pipeline.sideOutput(UNKNOWN)
                .writeTo(Sinks.map(MERCHANTS, f -> f.event().merchantId(), f -> new Merchant("late", 1)));

        Job job = Jobs.of(grid, o -> o.workers(1)).submit(pipeline);
        job.join();

        assertTrue(job.metrics().count("enrich", "misses") <= 256, "misses after the entry was added");
        assertTrue(job.metrics().eventsIn("noop") >= 100_000 - 256);
    }

    private static Merchant fail() {
        throw new IllegalStateException("broken");
    }

    private Stage<Payment> payments(int count, String merchants) {
        return pipeline.readFrom(Sources.generator(count, i ->
                new Payment(i, String.valueOf(merchants.charAt((int) (i % merchants.length()))))));
    }
}
