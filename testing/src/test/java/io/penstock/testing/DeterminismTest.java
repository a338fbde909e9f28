package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.KeyedStage;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeterminismTest {

    private static final MapRef<String, Double> SUMS = MapRef.of("sums", String.class, Double.class);

    /** In the order in which they came; static, since a function that holds a list would not be serializable. */
    private static final List<String> SEEN = new ArrayList<>();

    @AfterEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void theSameSeedDoesTheSame() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            List<String> order = orderOf(seed);
            assertEquals(100, order.size());
            assertEquals(order, orderOf(seed), "seed " + seed);
            orders.add(order);
        }
        assertTrue(orders.size() > 5, "ten seeds, " + orders.size() + " orders");
    }

    private static List<String> orderOf(long seed) {
        SEEN.clear();
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1, i -> new Payment("", "", 0, 0)))
                .withTimestamps(Payment::atMs, Duration.ZERO)
                .groupingKey(Payment::card)
                .mapStateful(Duration.ofHours(1), () -> new double[1], (state, card, payment) -> payment)
                .map(DeterminismTest::seen)
                .writeTo(Sinks.noop());
        try (PipelineTest test = PipelineTest.of(pipeline, o -> o.seed(seed).workers(3))) {
            test.send(payments(100, "c", new Random(1)));
        }
        return List.copyOf(SEEN);
    }

    private static Payment seen(Payment payment) {
        SEEN.add(payment.id());
        return payment;
    }

    private static Object[] payments(int count, String prefix, Random random) {
        Object[] payments = new Object[count];
        for (int i = 0; i < count; i++) {
            payments[i] = new Payment(prefix + i, "card" + random.nextInt(7), random.nextInt(3_600_000), i);
        }
        return payments;
    }

    @Test
    void aPipelineThatGoesByTimeGivesTheSameWithEverySeed() {
        Map<String, Double> first = null;
        for (long seed = 0; seed < 100; seed++) {
            Map<String, Double> sums = sums(seed);
            assertEquals(300, sums.size());
            first = first == null ? sums : first;
            assertEquals(first, sums, "seed " + seed);
        }
    }

    /** Each payment with what it and those before it on its card come to, and the limit at its time. */
    private static Map<String, Double> sums(long seed) {
        Pipeline pipeline = Pipeline.create();
        KeyedStage<Payment, String> payments = timestamped(pipeline).groupingKey(Payment::card);
        KeyedStage<Payment, String> limits = timestamped(pipeline).groupingKey(Payment::card);
        payments.joinAsOf(limits, Duration.ofDays(1), () -> new double[2],
                        (state, limit) -> state[0] = limit.amount(),
                        (state, card, payment) -> {
                            state[1] += payment.amount();
                            return new Payment(payment.id(), card, 0, state[1] + 1_000_000 * state[0]);
                        },
                        o -> o.inTimeOrder((one, other) -> one.id().compareTo(other.id())))
                .writeTo(Sinks.map(SUMS, Payment::id, Payment::amount));
        int workers = 1 + (int) (seed % 4);
        try (PipelineTest test = PipelineTest.of(pipeline, o -> o.seed(seed).workers(workers))) {
            test.into("generator", payments(300, "p", new Random(1)))
                    .into("generator-2", payments(100, "l", new Random(2)))
                    .at("00:20")
                    .advanceTo("00:30")
                    .end();
            return new TreeMap<>(test.grid().map(SUMS));
        }
    }

    private static Stage<Payment> timestamped(Pipeline pipeline) {
        return pipeline.readFrom(Sources.generator(1, i -> new Payment("", "", 0, 0)))
                .withTimestamps(Payment::atMs, Duration.ofHours(1));
    }
}
