package io.penstock.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapPredicates;
import io.penstock.grid.MapRef;
import io.penstock.grid.testing.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The examples of docs/maps.md compile, run, and print what the page says. */
class MapsPageTest {

    private static final String PAGE = "docs/maps.md";
    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final MapRef<String, Integer> TO_ORDER = MapRef.of("to-order", String.class, Integer.class);
    private static final MapRef<Long, Merchant> MERCHANTS = MapRef.of("merchants", Long.class, Merchant.class);
    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);
    private static final MapRef<String, Session> SESSIONS = MapRef.of("sessions", String.class, Session.class);
    private static final MapRef<String, Customer> CUSTOMERS = MapRef.of("customers", String.class, Customer.class);

    private record Merchant(String name, double risk) implements Serializable {}

    private record Session(String user) implements Serializable {}

    private record Address(String city) implements Serializable {}

    private record Customer(String name, int level, Address address) implements Serializable {}

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private String render(String url) {
        return "page " + url;
    }

    @Test
    void aCache() throws IOException {
        // example docs/maps.md, A cache
        MapRef<String, String> pages = MapRef.of("pages", String.class, String.class);
        try (Grid grid = Grid.embedded(config -> config.map(pages, map -> map
                .maxBytes(64 << 20)                     // of keys and values, encoded
                .eviction(Eviction.LEAST_USED)
                .ttl(Duration.ofMinutes(10))))) {
            GridMap<String, String> cache = grid.map(pages);
            String page = cache.get("/home");
            if (page == null) {
                page = render("/home");                 // takes long: outside the map
                cache.put("/home", page);
            }
            out.println(cache.computeIfAbsent("/about", url -> "about us"));    // quick, and once
            out.println(cache.figures().entries() + " pages");
        }
        // end of example
        assertShown("A cache");
        assertPrinted("about us", "2 pages");
    }

    @Test
    void referenceData() throws IOException {
        try (Grid grid = Grid.embedded()) {
            // example docs/maps.md, Reference data
            GridMap<Long, Merchant> merchants = grid.map(MERCHANTS);
            merchants.putAll(Map.of(1L, new Merchant("Ada's books", 0.1), 2L, new Merchant("Casino", 0.8)));
            try (LocalView<Long, Merchant> view = merchants.localView()) {
                LocalView.Reader<Long, Merchant> reader = view.reader();        // one for each thread
                Merchant[] found = new Merchant[3];
                int hits = reader.getAll(new long[] {2, 1, 7}, 3, found);
                out.println(hits + " found, the last is " + found[2]);
                merchants.replace(1L, new Merchant("Ada's books", 0.2));
                out.println(reader.getLong(1).risk());                          // sees it at once
            }
            // end of example
        }
        assertShown("Reference data");
        assertPrinted("2 found, the last is null", "0.2");
    }

    @Test
    void aMapAsAStream() throws IOException {
        try (Grid grid = Grid.embedded()) {
            // example docs/maps.md, A map as a stream
            GridMap<String, Integer> stock = grid.map(STOCK);
            stock.putAll(Map.of("pen", 5, "ink", 2));
            Changes<String, Integer> changes = stock.changes();
            Changes.Reader<String, Integer> reader = changes.fromContent();
            Map<String, Integer> copy = new TreeMap<>();
            for (int i = 0; i < 3; i++) {
                try {
                    reader.poll(change -> follow(change, copy), 1_000);         // at most 1,000; never waits
                } catch (ChangesLostException gap) {                            // this reader was too slow
                    copy.keySet().removeIf(key -> changes.partitionOf(key) == gap.partition());
                    reader.readContent(gap.partition());
                }
                stock.merge("pen", -1, Integer::sum);
                stock.remove("ink");
            }
            out.println(copy + " of " + stock);
            // end of example
        }
        assertShown("A map as a stream");
        assertPrinted("{pen=3} of {pen=2}");
    }

    private static void follow(MapChange<String, Integer> change, Map<String, Integer> copy) {
        if (change.kind().removes()) {
            copy.remove(change.key());
        } else {
            copy.put(change.key(), change.after());
        }
    }

    @Test
    void aJobThatFollowsAMap() throws Exception {
        try (Grid grid = Grid.embedded()) {
            BlockingQueue<String> ordered = new LinkedBlockingQueue<>();
            grid.map(TO_ORDER).listen(change -> ordered.add(change.key() + "=" + change.after()));
            // example docs/maps.md, A job that follows a map
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.mapChanges(STOCK, o -> o.fromContent()))
                    .filter(change -> change.after() != null && change.after() < 3)
                    .writeTo(Sinks.map(TO_ORDER, change -> change.key(), change -> 10 - change.after()));
            grid.map(STOCK).putAll(Map.of("pen", 5, "ink", 2));
            Job job = Jobs.of(grid).submit(pipeline);
            grid.map(STOCK).put("pen", 1);
            // end of example
            assertEquals(
                    new TreeSet<>(List.of("ink=8", "pen=9")),
                    new TreeSet<>(Arrays.asList(
                            ordered.poll(60, TimeUnit.SECONDS), ordered.poll(60, TimeUnit.SECONDS))));
            job.cancel();
        }
        assertShown("A job that follows a map");
    }

    @Test
    void counters() throws IOException {
        try (Grid grid = Grid.embedded()) {
            // example docs/maps.md, Counters and balances
            GridMap<String, Long> counts = grid.map(COUNTS);
            counts.merge("paid", 1L, Long::sum);
            counts.update("paid", before -> before == null ? 1 : before + 1);
            String answer = counts.process("places", entry -> {
                long taken = entry.value() == null ? 0 : entry.value();
                if (taken == 20) {
                    return "sold out";                                          // and nothing was changed
                }
                entry.put(taken + 1);
                return "place " + (taken + 1);
            });
            out.println(answer + ", " + counts.get("paid") + " paid");
            CompletionStage<Long> paid = counts.async().update("paid", before -> before + 1);   // does not wait
            paid.thenAccept(count -> out.println(count + " paid")).toCompletableFuture().join();
            // end of example
        }
        assertShown("Counters and balances");
        assertPrinted("place 1, 2 paid", "3 paid");
    }

    @Test
    void sessions() throws Exception {
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        // example docs/maps.md, Sessions that expire
        VirtualClock clock = new VirtualClock();        // for tests, which can so let half an hour pass at once
        try (Grid grid = Grid.embedded(config -> config
                .nanoClock(clock)
                .map(SESSIONS, map -> map.ttl(Duration.ofMinutes(30))))) {
            GridMap<String, Session> sessions = grid.map(SESSIONS);
            MapListener.Registration registration = sessions.listen(change -> {
                if (change.kind() == MapChange.Kind.EXPIRE) {
                    ended.add(change.before().user());
                }
            });
            sessions.put("s1", new Session("Ada"));
            sessions.put("s2", new Session("Bob"), Duration.ofHours(8));        // stays signed in
            clock.advance(Duration.ofMinutes(20));
            sessions.computeIfPresent("s1", (id, session) -> session);          // used: its time begins anew
            clock.advance(Duration.ofMinutes(20));
            out.println(sessions.timeToLive("s1") + " and " + sessions.timeToLive("s2") + " are left");
            clock.advance(Duration.ofMinutes(10));
            out.println(sessions.keySet());
            out.println(ended.poll(10, TimeUnit.SECONDS) + " has left");        // within 100 ms
            registration.close();
        }
        // end of example
        assertShown("Sessions that expire");
        assertPrinted("PT10M and PT7H20M are left", "[s2]", "Ada has left");
    }

    @Test
    void questions() throws IOException {
        // example docs/maps.md, Questions, with an index
        try (Grid grid = Grid.embedded(config -> config.map(CUSTOMERS, map -> map.index("address.city")))) {
            GridMap<String, Customer> customers = grid.map(CUSTOMERS);
            customers.put("c1", new Customer("Ada", 3, new Address("Rome")));
            customers.put("c2", new Customer("Bob", 1, new Address("Rome")));
            customers.put("c3", new Customer("Cy", 2, new Address("Oslo")));
            MapPredicate<String, Customer> inRome = MapPredicates.equal("address.city", "Rome");
            out.println(customers.select(MapPredicates.and(inRome, MapPredicates.atLeast("level", 2))).keySet());
            customers.processAll(inRome, entry -> {
                Customer before = entry.value();
                entry.put(new Customer(before.name(), before.level() + 1, before.address()));
                return null;
            });
            out.println(customers.count((key, customer) -> customer.level() == 2) + " of level 2");
            out.println(customers.removeAll(inRome) + " removed");
        }
        // end of example
        assertShown("Questions, with an index");
        assertPrinted("[c1]", "2 of level 2", "2 removed");
    }

    private void assertShown(String heading) throws IOException {
        Excerpt.assertShown(MapsPageTest.class, PAGE, heading);
    }

    private void assertPrinted(String... lines) throws IOException {
        assertEquals(List.of(lines), printed.toString(StandardCharsets.UTF_8).lines().toList());
        String page = Files.readString(Excerpt.ROOT.resolve(PAGE));
        assertTrue(page.contains("\n```\n" + String.join("\n", lines) + "\n```\n"), "the page shows what is printed");
    }
}
