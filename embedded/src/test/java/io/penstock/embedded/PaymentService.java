package io.penstock.embedded;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Jobs;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A service as a user would write it, with all that the one dependency brings: enriches, scores, counts payments. */
final class PaymentService {

    private static final int PAYMENTS = 1_000;

    private record Payment(int id, String merchant, double amount) {}

    private record Rich(Payment payment, double risk) {}

    private record Decision(int id, String merchant, float fraud) {}

    private static final MapRef<String, Double> RISKS = MapRef.of("risks", String.class, Double.class);
    private static final MapRef<Integer, Decision> DECISIONS = MapRef.of("decisions", Integer.class, Decision.class);
    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);

    private PaymentService() {}

    /** Runs and ends by itself. */
    public static void main(String[] args) throws Exception {
        try (Grid grid = Grid.embedded()) {
            grid.map(RISKS).putAll(Map.of("casino", 0.9, "shop", 0.1));
            Models.of(grid).deployResource("fraud", PaymentService.class, "/fraud.onnx");
            Jobs.of(grid).submit(pipeline()).join();
            System.out.println(grid.map(DECISIONS).size() + " decisions, " + new TreeMap<>(grid.map(COUNTS)));
        }
    }

    private static Pipeline pipeline() {
        Pipeline pipeline = Pipeline.create();
        Stage<Decision> decided = pipeline
                .readFrom(Sources.generator(
                        PAYMENTS, i -> new Payment((int) i, i % 4 == 0 ? "casino" : "shop", i % 100)))
                .withTimestamps(payment -> payment.id(), Duration.ZERO)
                .apply(Enrich.with(RISKS, Payment::merchant, Rich::new))
                .apply(Infer.with("fraud",
                        (rich, row) -> row.put(rich.payment().amount()).put(rich.risk()),
                        (rich, scores) -> new Decision(
                                rich.payment().id(), rich.payment().merchant(), scores.f32("p"))));
        decided.writeTo(Sinks.map(DECISIONS, Decision::id));
        decided.groupingKey(Decision::merchant)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, KeyedWindowResult::key, KeyedWindowResult::result));
        return pipeline;
    }
}
