package io.penstock.bench.ask;

import io.penstock.bench.work.Features;
import io.penstock.dag.Call;
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
import java.time.Duration;

/** The example of DESIGN, called as a function. */
final class ByPipeline implements Decider {

    static final MapRef<String, Payment.Merchant> MERCHANTS =
            MapRef.of("merchants", String.class, Payment.Merchant.class);

    private static final MapRef<Long, Decision> ALERTS = MapRef.of("alerts", Long.class, Decision.class);
    private static final Tag<Failure<Payment>> UNKNOWN = Tag.of("unknown-merchant");
    private static final Tag<Failure<Rich>> NOT_SCORED = Tag.of("not-scored");
    private static final float ALERT = 0.98f;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int IN_FLIGHT_MAX = 1 << 16;

    private record Rich(Payment payment, float risk, double mean) implements Serializable {

        Rich(Payment payment, Payment.Merchant merchant) {
            this(payment, merchant.risk(), 0);
        }

        Rich with(double meanOfCard) {
            return new Rich(payment, risk, meanOfCard);
        }
    }

    private record Decision(long id, float score) implements Serializable {}

    private final Grid grid = Grid.embedded();
    private final Call<Payment, Decision> authorize;

    ByPipeline(int workerCount) {
        for (int number = 0; number < Payment.Merchant.COUNT; number++) {
            Payment.Merchant merchant = Payment.Merchant.of(number);
            grid.map(MERCHANTS).put(merchant.id(), merchant);
        }
        Models.of(grid).deploy("fraud", Features.model());
        authorize = Jobs.of(grid, o -> o.workers(workerCount))
                .serve("authorize", pipeline(), o -> o.inFlightMax(IN_FLIGHT_MAX));
    }

    private static Pipeline pipeline() {
        Pipeline p = Pipeline.create();
        Stage<Decision> decided = p
                .readFrom(Sources.calls("authorize", Payment.class))
                .withTimestamps(x -> x.atMs(), Duration.ofSeconds(5))
                .apply(Enrich.with(MERCHANTS, x -> x.merchantId(), Rich::new, o -> o.onMiss(UNKNOWN)))
                .groupingKey(r -> r.payment().card())
                .mapStateful(Duration.ofHours(1), CardStats::new,
                        (stats, card, r) -> r.with(stats.add(r.payment())))
                .apply(Infer.with("fraud",
                        (r, row) -> {
                            row.put((float) r.payment().amount()).put(r.risk()).put((float) r.mean());
                            for (int i = 3; i < FEATURES; i++) {
                                row.put(0);
                            }
                        },
                        (r, out) -> new Decision(r.payment().id(), out.f32("score")),
                        o -> o.onFailure(NOT_SCORED)));
        decided.writeTo(Sinks.reply());
        decided.filter(d -> d.score() > ALERT).writeTo(Sinks.map(ALERTS, d -> d.id() % 1_000));
        p.sideOutput(UNKNOWN).writeTo(Sinks.logged());
        p.sideOutput(NOT_SCORED).writeTo(Sinks.logged());
        return p;
    }

    @Override
    public void decide(int call, Payment payment, Answers answers) {
        authorize.ask(payment, TIMEOUT).whenComplete((decision, failure) -> {
            if (failure == null) {
                answers.score(call, decision.score());
            } else {
                answers.failure(call, failure);
            }
        });
    }

    @Override
    public void close() {
        authorize.close();
        grid.close();
    }
}
