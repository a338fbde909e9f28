package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.ClusterSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/cluster.md, as far as it is about maps, compile, run, and print what the page says. */
@Timeout(120)
class ClusterPageTest {

    private static final Path README = Path.of("../README.md");
    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private final ClusterPage page = new ClusterPage(ClusterPageTest.class);
    private final PrintStream out = page.out();

    @Test
    void fromOneJvmToThreeMembersAndAClient() throws IOException {
        // example Start
        try (Grid one = Grid.cluster(config -> config.name("shop"))) {      // was: Grid.embedded(...)
            String first = one.members().get(0).address();                  // 127.0.0.1:5701, or the next that is free
            one.map(STOCK).put("pen", 5);

            Grid two = Grid.cluster(config -> config.name("shop").cluster(c -> c.members(first)));
            Grid three = Grid.cluster(config -> config.name("shop").cluster(c -> c.members(first)));
            three.map(STOCK).put("ink", 2);
            two.close();                                                    // hands its entries over

            try (Grid client = Grid.connect("hazelcast://" + first, config -> config.name("shop"))) {
                client.map(STOCK).merge("pen", -1, Integer::sum);
                out.println(new TreeMap<>(client.map(STOCK)) + " on " + client.members().size() + " members");
            }
            three.close();
            out.println(new TreeMap<>(one.map(STOCK)) + " on " + one.members().size() + " member");
        }
        // end of example
        page.assertShown("Start");
        page.assertShown("Start", README, "On a cluster");
        page.assertPrinted("{ink=2, pen=4} on 2 members", "{ink=2, pen=4} on 1 member");
    }

    @Test
    void whoJoinsAndLeaves() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Grid grid = Grid.cluster(config -> config.name("shop"))) {
            // example Who is there
            grid.onMembershipChange((member, hasJoined) -> told.add(hasJoined ? "one more" : "one less"));
            String address = grid.members().get(0).address();
            Grid.cluster(config -> config.name("shop").cluster(c -> c.members(address))).close();
            out.println(told.poll(10, TimeUnit.SECONDS) + ", " + told.poll(10, TimeUnit.SECONDS));
            // end of example
        }
        page.assertShown("Who is there");
        page.assertPrinted("one more, one less");
    }

    @Test
    void aCallThatFails() throws IOException {
        try (Grid grid = Grid.cluster(config -> config.name("shop"))) {
            GridMap<String, Integer> stock = grid.map(STOCK);
            // example When a call fails
            try {
                stock.put("pen", 3);
            } catch (GridException e) {
                switch (e.code()) {
                    case UNAVAILABLE, OVERLOADED -> later(() -> stock.put("pen", 3));   // was surely not made
                    case OUTCOME_UNKNOWN -> stock.put("pen", 3);                        // twice does no harm here
                    default -> throw e;
                }
            }
            // end of example
            assertEquals(3, stock.get("pen"));
        }
        page.assertShown("When a call fails");
    }

    private static void later(Runnable call) {
        call.run();
    }

    @Test
    void anInstanceOfTheApplication() throws IOException {
        Config config = new Config("shop");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        // example Hazelcast itself
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(PenstockHazelcast.prepare(config));
        try (Grid grid = Grid.cluster(c -> c.name("shop").cluster(cluster -> cluster.instance(hazelcast)))) {
            grid.map(STOCK).put("pen", 1);
            hazelcast.getQueue("orders").add("of the application");         // is no business of the grid's
        }
        out.println(hazelcast.getQueue("orders").poll());                   // it goes on without the grid
        hazelcast.shutdown();
        // end of example
        page.assertShown("Hazelcast itself");
        page.assertPrinted("of the application");
    }

    /** The settings of a callTimeout that the page names. */
    @Test
    void theDefaultsAreThoseOfThePage() {
        Config config = MemberStart.config(new ClusterSettings(
                null, "g", null, 0, List.of(), null, null, null, 0, "", Duration.ofSeconds(30),
                Duration.ofSeconds(30), 10, null, null));
        assertEquals("15000", config.getProperty("hazelcast.operation.call.timeout.millis"));
        assertEquals("120", config.getProperty("hazelcast.graceful.shutdown.max.wait"));
    }
}
