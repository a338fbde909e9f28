package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.grid.Codec;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapPredicates;
import io.penstock.grid.MapRef;
import io.penstock.grid.UpdateFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only several grids on one cluster can do to each other's maps. */
class ClusterMapIT {

    record Customer(String name, String city, int level) implements Serializable {}

    /** Cannot be serialized by Java, but by the codec. */
    record Plain(String text) {}

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final MapRef<Integer, Customer> CUSTOMERS = MapRef.of("customers", Integer.class, Customer.class);
    private static final MapRef<Integer, Integer> NUMBERS = MapRef.of("numbers", Integer.class, Integer.class);

    private static TestCluster cluster;
    private static HazelcastInstance one;
    private static HazelcastInstance two;
    private static HazelcastInstance client;
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    /** Static, since functions travel. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final String prefix = "p" + PREFIXES.incrementAndGet() + ".";
    private final List<Grid> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = new TestCluster("map", 11, config -> {});
        one = cluster.member().hazelcast();
        two = cluster.member().hazelcast();
        client = cluster.client().hazelcast();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void close() {
        opened.forEach(Grid::close);
    }

    private Grid open(HazelcastInstance instance, Consumer<GridConfig> settings) {
        Consumer<GridConfig> all = settings.andThen(
                config -> config.cluster(c -> c.instance(instance).mapPrefix(prefix)));
        Grid grid = instance == client ? Grid.connect("hazelcast://any", all) : Grid.cluster(all);
        opened.add(grid);
        return grid;
    }

    private List<Grid> openAll() {
        return List.of(open(one, config -> {}), open(two, config -> {}), open(client, config -> {}));
    }

    private static GridException refused(Code code, Runnable use, String... told) {
        GridException refusal = assertThrows(GridException.class, use::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        for (String part : told) {
            assertTrue(refusal.getMessage().contains(part), "'" + part + "' in: " + refusal.getMessage());
        }
        return refusal;
    }

    // ---- several grids

    @Test
    void gridsShareAMapAndItsSettings() {
        Grid configured = open(one, config -> config.map(STOCK, map -> map.maxEntries(2)));
        configured.map(STOCK).putAll(Map.of("a", 1, "b", 2));
        GridMap<String, Integer> ofClient = open(client, config -> {}).map(STOCK);
        assertEquals(Map.of("a", 1, "b", 2), ofClient);
        refused(Code.MAP_FULL, () -> ofClient.put("c", 3), "map 'stock'", "2 entries");
    }

    @Test
    void writersOfTwoGridsNearTheMaximumExceedItByLessThanOneEach() throws Exception {
        int maxEntries = 2_000;
        List<Grid> grids = new ArrayList<>();
        for (HazelcastInstance instance : List.of(one, two)) {
            grids.add(open(instance, config -> config.map(NUMBERS, map -> map.maxEntries(maxEntries))));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * maxEntries;
            GridMap<Integer, Integer> map = grids.get(thread % 2).map(NUMBERS);
            writers.add(threads.submit(() -> putUntilRefused(map, first)));
        }
        int stored = 0;
        for (Future<Integer> writer : writers) {
            stored += writer.get();
        }
        threads.shutdown();
        assertEquals(stored, grids.get(0).map(NUMBERS).entryCount());
        assertTrue(stored >= maxEntries && stored < maxEntries + grids.size(), stored + " of " + maxEntries);
    }

    private static int putUntilRefused(GridMap<Integer, Integer> map, int first) {
        for (int i = 0;; i++) {
            try {
                map.put(first + i, i);
            } catch (GridException e) {
                assertEquals(Code.MAP_FULL, e.code());
                return i;
            }
        }
    }

    @Test
    void otherTypesOfAnotherMemberAreRefusedWithBoth() {
        open(one, config -> {}).map(STOCK);
        Grid other = open(two, config -> {});
        refused(Code.TYPE_CONFLICT, () -> other.map(MapRef.of("stock", String.class, Long.class)),
                "map 'stock'", "java.lang.String -> java.lang.Integer", "java.lang.String -> java.lang.Long");
    }

    @Test
    void otherSettingsOfAnotherMemberAreRefusedWithBoth() {
        open(one, config -> config.map(STOCK, map -> map.maxEntries(10))).map(STOCK);
        Grid other = open(client, config -> config.map(STOCK, map -> map.maxEntries(20).backups(2)));
        refused(Code.BAD_CONFIG, () -> other.map(STOCK), "map 'stock'", "maxEntries 10 instead of 20",
                "backups 1 instead of 2");
        Grid partitions = open(two, config -> config.map(STOCK, map -> map.maxEntries(10).partitions(4)));
        assertNotNull(partitions.map(STOCK), "the number of partitions has no effect");
    }

    @Test
    void aTimeToLiveOfOneGridCountsForTheSizeThatAnotherTells() {
        GridMap<String, Integer> map = open(one, config -> {}).map(STOCK);
        GridMap<String, Integer> other = open(client, config -> {}).map(STOCK);
        assertEquals(0, other.entryCount());
        map.put("a", 1, Duration.ofMillis(50));
        map.put("b", 1);
        TestCluster.eventually("one entry", () -> other.entryCount() == 1 && other.size() == 1 && map.size() == 1);
        assertNull(other.get("a"));
    }

    // ---- figures

    @Test
    void aGridCountsWhatItDoesAsOnTheHeap() {
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.put("a", 1);
            map.putAll(Map.of("b", 2, "c", 3));
            map.get("a");
            map.get("z");
            map.getAll(List.of("a", "z", "b"));
            map.containsKey("a");
            map.putIfAbsent("a", 9);
            map.replace("a", 1, 2);
            map.replace("z", 1);
            map.merge("a", 1, Integer::sum);
            map.update("a", before -> before + 1);
            map.process("b", entry -> entry.value());
            map.update("b", before -> null);
            map.remove("z");
            map.remove("c", 3);
            assertEquals("1.0 entries, 5.0 gets, 3.0 hits, 6.0 puts, 2.0 removes", counts(grid));
            map.clear();
            assertEquals("0.0 entries, 5.0 gets, 3.0 hits, 6.0 puts, 3.0 removes", counts(grid));
            assertTrue(grid.dump().contains("map 'stock': java.lang.String -> java.lang.Integer, 0 of at most"),
                    grid.dump());
        }
    }

    private static String counts(Grid grid) {
        MeterRegistry registry = grid.meterRegistry();
        return registry.get("penstock.map.entries").gauge().value() + " entries, "
                + List.of("gets", "hits", "puts", "removes").stream()
                        .map(what -> registry.get("penstock.map." + what).functionCounter().count() + " " + what)
                        .collect(Collectors.joining(", "));
    }

    @Test
    void bytesAreAboutTheSameHoweverTheyAreCounted() {
        MapRef<Integer, String> limited = MapRef.of("limited", Integer.class, String.class);
        MapRef<Integer, String> other = MapRef.of("other", Integer.class, String.class);
        Grid grid = open(two, config -> config.map(limited, map -> map.maxBytes(1 << 30)));
        for (int i = 0; i < 300; i++) {
            grid.map(limited).put(i, "x".repeat(1_000));
            grid.map(other).put(i, "x".repeat(1_000));
        }
        long exact = grid.map(limited).figures().bytes();
        long estimated = grid.map(other).figures().bytes();
        assertTrue(exact >= 300 * 1_000 && exact <= 300 * 1_200, "exact " + exact);
        assertTrue(estimated >= 300 * 1_000 && estimated <= 300 * 1_030, "estimated " + estimated);
    }

    // ---- functions that do not travel

    @Test
    void aFunctionThatCannotBeSerializedRunsAtTheCaller() {
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.clear();
            Object held = new Object();
            AtomicInteger runs = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                String key = "k" + i;
                UpdateFunction<Integer> increment = before -> {
                    runs.incrementAndGet();
                    return held == null || before == null ? 1 : before + 1;
                };
                assertEquals(1, map.update(key, increment));
                assertEquals(2, map.update(key, increment));
            }
            assertEquals(40, runs.get());
            assertEquals(20, map.count((key, value) -> held != null && value == 2));
            assertEquals(20, map.removeAll((key, value) -> held != null));
        }
    }

    @Test
    void aResultThatCannotBeSerializedComesBackAllTheSame() {
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            for (int i = 0; i < 20; i++) {
                EntryProcessor<String, Integer, Plain> processor = entry -> {
                    entry.put(entry.value() == null ? 1 : entry.value() + 1);
                    return new Plain(entry.key());
                };
                assertEquals(new Plain("k" + i), map.process("k" + i, processor));
            }
            assertEquals(20, map.values().stream().filter(value -> value > 0).count());
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void aFunctionOfWhichTheOwnerLacksTheClassRunsAtTheCaller() throws Exception {
        Object function = new ThrowAway().loadClass(ThrowAway.NAME).getDeclaredConstructor().newInstance();
        assertNotEquals(Increment.class, function.getClass());
        assertThrows(ClassNotFoundException.class, () -> Class.forName(ThrowAway.NAME));
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.clear();
            for (int i = 0; i < 20; i++) {
                assertEquals(1, map.update("k" + i, (UpdateFunction<Integer>) function));
            }
            assertEquals(20, map.size());
        }
    }

    /** Has a copy of {@link Increment} under a name that nobody else knows. */
    private static final class ThrowAway extends ClassLoader {

        private static final String NAME = Increment.class.getName().replace("Increment", "Elsewhere");

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(Increment.class.getName().replace('.', '/') + ".class")) {
                String code = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                byte[] renamed = code.replace("Increment", "Elsewhere").getBytes(StandardCharsets.ISO_8859_1);
                return defineClass(name, renamed, 0, renamed.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Not known to who reads it, and without the constructor that Hazelcast would want. */
    static final class Trouble extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final int number;

        Trouble(int number) {
            super("trouble " + number);
            this.number = number;
        }
    }

    @Test
    void whatAFunctionThrowsReachesTheCallerAsItWasThrown() {
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.put("a", 1);
            for (int i = 0; i < 20; i++) {
                int number = i;
                Trouble trouble = assertThrows(Trouble.class, () -> map.update("k" + number, before -> {
                    throw new Trouble(number);
                }));
                assertEquals(number, trouble.number);
            }
            assertThrows(Trouble.class, () -> map.select((key, value) -> {
                throw new Trouble(value);
            }));
            assertEquals(Map.of("a", 1), map);
        }
    }

    // ---- indexes

    @Test
    void anIndexSavesLooks() {
        Grid grid = open(one, config -> config.map(CUSTOMERS, map -> map.index("city").index("level")));
        Map<Integer, Customer> customers = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            customers.put(i, new Customer("n" + i, i % 100 == 0 ? "Linz" : "Graz", i % 10));
        }
        grid.map(CUSTOMERS).putAll(customers);
        for (GridMap<Integer, Customer> map : List.of(grid.map(CUSTOMERS), open(client, c -> {}).map(CUSTOMERS))) {
            assertEquals(10, looks(() -> assertEquals(10, map.select(MapPredicates.and(
                    MapPredicates.equal("city", "Linz"), (key, value) -> CALLS.incrementAndGet() > 0)).size())));
            assertEquals(100, looks(() -> assertEquals(10, map.count(MapPredicates.and(
                    MapPredicates.in("level", List.of(3L)),
                    (key, value) -> CALLS.incrementAndGet() > 0 && key < 100)))));
            assertEquals(1_000, looks(() -> map.count(MapPredicates.and(
                    MapPredicates.equal("name", "n1").negate(), (key, value) -> CALLS.incrementAndGet() > 0))) + 1);
            assertEquals(1, looks(() -> map.count(MapPredicates.and(
                    MapPredicates.keyEqual(5), (key, value) -> CALLS.incrementAndGet() > 0))));
        }
    }

    private static int looks(Runnable query) {
        CALLS.set(0);
        query.run();
        return CALLS.get();
    }

    @Test
    void aValueThatCannotBeIndexedIsRefusedBeforeItIsStored() {
        MapRef<String, Object> anything = MapRef.of("anything", String.class, Object.class);
        GridMap<String, Object> map = open(one, config -> config.map(anything, m -> m.index("city"))).map(anything);
        refused(Code.BAD_PROPERTY, () -> map.put("a", "text"), "city");
        refused(Code.BAD_PROPERTY, () -> map.update("a", before -> "text"), "city");
        assertFalse(map.containsKey("a"));
        refused(Code.BAD_PROPERTY, () -> open(two, config -> config.map(CUSTOMERS, m -> m.index("town")))
                .map(CUSTOMERS), "town");
    }

    @Test
    void anIndexOfValuesThatAMemberCannotReadIsRefused() throws Exception {
        Class<?> elsewhere = new ThrowAway().loadClass(ThrowAway.NAME);
        MapRef<String, ?> ref = MapRef.of("elsewhere", String.class, elsewhere);
        Grid indexed = open(client, config -> config.map(ref, map -> map.index("this")));
        refused(Code.BAD_CONFIG, () -> indexed.map(ref), "map 'elsewhere'", ThrowAway.NAME, "127.0.0.1:", "class path");
    }

    // ---- what others do to the IMap

    @Test
    void whatNoGridHasWrittenIsRefusedByTheNameOfTheMap() {
        for (Grid grid : openAll()) {
            GridMap<String, Integer> map = grid.map(STOCK);
            IMap<Object, Object> imap = one.getMap(prefix + "stock");
            Stored key = new Stored(Codec.ofKey(String.class).encode("a"));
            for (Object foreign : List.of("text", new Stored(new byte[0]), new Stored(new byte[] {7, 7, 7}),
                    new Stored(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 99, 99}))) {
                imap.put(key, foreign);
                refused(Code.BAD_BYTES, () -> map.get("a"), "map 'stock'");
                refused(Code.BAD_BYTES, () -> map.getAll(List.of("a")), "map 'stock'");
                refused(Code.BAD_BYTES, () -> map.replace("a", 1, 2), "map 'stock'");
                refused(Code.BAD_BYTES, () -> map.update("a", before -> 1), "map 'stock'");
                refused(Code.BAD_BYTES, () -> map.select((k, value) -> true), "map 'stock'");
                refused(Code.BAD_BYTES, () -> map.keySet().iterator().next(), "map 'stock'");
                map.clear();
                assertNull(map.put("a", 1));
            }
        }
    }
}
