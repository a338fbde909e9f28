package io.penstock.dag.cluster;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.ClusterPage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/cluster.md, as far as it is about jobs, compile, run, and print what the page says. */
@Timeout(240)
class ClusterJobsPageTest {

    private record Order(String shop, long cents, long atMs) implements Serializable {}

    private record Turnover(String shop, long cents) implements Serializable {}

    private static final MapRef<Long, Order> ORDERS = MapRef.of("orders", Long.class, Order.class);
    private static final MapRef<String, Long> TURNOVER = MapRef.of("turnover", String.class, Long.class);

    private final ClusterPage page = new ClusterPage(ClusterJobsPageTest.class);
    private final PrintStream out = page.out();

    @Test
    void aJobGoesOnWhenAMemberCloses() throws IOException {
        // example Submit a job
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(ORDERS, o -> o.fromContent()))
                .map(change -> change.after())
                .withTimestamps(order -> order.atMs(), Duration.ofSeconds(5))
                .groupingKey(order -> order.shop())
                .mapStateful(Duration.ofDays(1), () -> new long[1],
                        (sum, shop, order) -> new Turnover(shop, sum[0] += order.cents()))
                .writeTo(Sinks.map(TURNOVER, turnover -> turnover.shop(), turnover -> turnover.cents()));

        try (Grid one = Grid.cluster(config -> config.name("shop"))) {      // was: Grid.embedded(...)
            String first = one.members().get(0).address();
            Grid two = Grid.cluster(config -> config.name("shop").cluster(c -> c.members(first)));
            Grid three = Grid.cluster(config -> config.name("shop").cluster(c -> c.members(first)));
            try (Grid client = Grid.connect("hazelcast://" + first, config -> config.name("shop"))) {
                Jobs.of(client).submit(pipeline, o -> o.name("turnover").guarantee(Guarantee.EXACTLY_ONCE));
                takeOrders(client, 0, 1_000);                               // of a cent each
                two.close();                                                // the job goes on without it
                takeOrders(client, 1_000, 2_000);
            }                                                               // and without whoever submitted it
            three.close();
            Job job = Jobs.of(one).job("turnover").orElseThrow();
            awaitCents(one, 2_000);
            out.println(new TreeMap<>(one.map(TURNOVER)) + " of "
                    + job.metrics().eventsIn("mapStateful") + " orders");
            job.cancel();
        }
        // end of example
        page.assertShown("Submit a job");
        page.assertPrinted("{books=1000, games=600, music=400} of 2000 orders");
    }

    /** Of ten orders five are for books, three for games, two for music. */
    private static void takeOrders(Grid grid, long from, long to) {
        Map<Long, Order> orders = new HashMap<>();
        for (long id = from; id < to; id++) {
            String shop = id % 2 == 0 ? "books" : id % 10 < 6 ? "games" : "music";
            orders.put(id, new Order(shop, 1, id));
        }
        grid.map(ORDERS).putAll(orders);
    }

    private static void awaitCents(Grid grid, long cents) {
        TestMembers.await(cents + " cents", () ->
                grid.map(TURNOVER).values().stream().mapToLong(each -> each).sum() >= cents);
    }
}
