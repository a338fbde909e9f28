package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.refused;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.Eviction;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapPredicates;
import io.penstock.grid.MapRef;
import io.penstock.grid.testing.GridHost.Difference;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** {@code select}, {@code count} and {@code removeAll}, with and without an index. */
final class PredicateChecks {

    record Address(String city, String country) implements Serializable {}

    record Customer(String name, int level, Address address) implements Serializable {}

    private static final MapRef<String, Customer> CUSTOMERS = MapRef.of("customers", String.class, Customer.class);
    private static final MapRef<Integer, Customer> MANY = MapRef.of("many", Integer.class, Customer.class);

    private static final Consumer<MapConfig> NO_INDEX = config -> {};
    private static final Consumer<MapConfig> INDEXES =
            config -> config.index("level").index("address.city").index("name");

    private PredicateChecks() {}

    private static GridMap<String, Customer> customers(TestBed bed, Consumer<MapConfig> settings) {
        GridMap<String, Customer> map = bed.open(CUSTOMERS, settings);
        map.put("a", new Customer("Ann", 1, new Address("Linz", "AT")));
        map.put("b", new Customer("Bob", 2, new Address("Graz", "AT")));
        map.put("c", new Customer("Cy", 2, new Address("Linz", "AT")));
        map.put("d", new Customer(null, 3, null));
        return map;
    }

    static void lambdasChooseEntries(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(Map.of("b", 2, "c", 3), map.select((key, value) -> value >= 2));
        equal(Map.of("b", 2), map.select((key, value) -> key.equals("b")));
        equal(Map.of(), map.select((key, value) -> false));
        count(2, map.count((key, value) -> value >= 2));
        count(0, map.count((key, value) -> value >= 4));
        count(2, map.removeAll((key, value) -> value >= 2));
        count(0, map.removeAll((key, value) -> value >= 2));
        equal(Map.of("a", 1), map);
    }

    static void aSelectionIsACopy(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Integer> selected = map.select((key, value) -> true);
        map.clear();
        equal(Map.of("a", 1, "b", 2, "c", 3), selected);
    }

    static void propertiesChooseEntriesWithAndWithoutAnIndex(TestBed bed) {
        for (Consumer<MapConfig> settings : List.of(NO_INDEX, INDEXES)) {
            GridMap<String, Customer> map = customers(bed, settings);
            equal(Set.of("b", "c"), map.select(MapPredicates.equal("level", 2)).keySet());
            equal(Set.of("a", "c"), map.select(MapPredicates.equal("address.city", "Linz")).keySet());
            equal(Set.of("a", "b"), map.select(MapPredicates.in("name", List.of("Ann", "Bob", "Eve"))).keySet());
            equal(Set.of(), map.select(MapPredicates.equal("name", "Eve")).keySet());
            equal(Set.of(), map.select(MapPredicates.in("name", List.of())).keySet());
            equal(new Customer("Bob", 2, new Address("Graz", "AT")),
                    map.select(MapPredicates.equal("name", "Bob")).get("b"));
            count(2, map.count(MapPredicates.equal("level", 2)));
            count(3, map.count(MapPredicates.in("level", Set.of(2, 3))));
        }
    }

    static void propertiesThatAreNullAreFound(TestBed bed) {
        for (Consumer<MapConfig> settings : List.of(NO_INDEX, INDEXES)) {
            GridMap<String, Customer> map = customers(bed, settings);
            equal(Set.of("d"), map.select(MapPredicates.equal("name", null)).keySet());
            equal(Set.of("d"), map.select(MapPredicates.equal("address.city", null)).keySet());
            equal(Set.of("a", "d"), map.select(MapPredicates.in("name", Arrays.asList("Ann", null))).keySet());
        }
    }

    static void entriesAreRemovedAndProcessedByProperty(TestBed bed) {
        for (Consumer<MapConfig> settings : List.of(NO_INDEX, INDEXES)) {
            GridMap<String, Customer> map = customers(bed, settings);
            count(2, map.removeAll(MapPredicates.equal("level", 2)));
            equal(Set.of("a", "d"), map.keySet());
            equal(Map.of("a", "Ann"), map.processAll(MapPredicates.equal("address.city", "Linz"), entry -> {
                String name = entry.value().name();
                entry.put(new Customer(name, 2, null));
                return name;
            }));
            equal(Set.of("a"), map.select(MapPredicates.equal("level", 2)).keySet());
            equal(Set.of(), map.select(MapPredicates.equal("address.city", "Linz")).keySet());
        }
    }

    static void anIndexFollowsEachKindOfWrite(TestBed bed) {
        GridMap<String, Customer> map = bed.open(CUSTOMERS, INDEXES);
        isAt(map, null);
        map.put("k", at(1));
        isAt(map, 1);
        map.put("k", at(2));
        isAt(map, 2);
        map.replace("k", at(3));
        isAt(map, 3);
        map.replace("k", at(3), at(1));
        isAt(map, 1);
        map.compute("k", (key, value) -> at(2));
        isAt(map, 2);
        map.merge("k", at(3), (before, value) -> value);
        isAt(map, 3);
        map.update("k", before -> at(1));
        isAt(map, 1);
        map.process("k", entry -> {
            entry.put(at(2));
            return null;
        });
        isAt(map, 2);
        map.entrySet().iterator().next().setValue(at(3));
        isAt(map, 3);
        map.replaceAll((key, value) -> at(1));
        isAt(map, 1);
        map.remove("k");
        isAt(map, null);
        map.putIfAbsent("k", at(2));
        isAt(map, 2);
        map.clear();
        isAt(map, null);
        thrown(ArithmeticException.class, () -> map.compute("k", (key, value) -> at(1 / zero())));
        isAt(map, null);
    }

    private static Customer at(int level) {
        return new Customer("n", level, null);
    }

    /** @param level of the one entry; null if there is none */
    private static void isAt(GridMap<String, Customer> map, Integer level) {
        for (int i = 1; i <= 3; i++) {
            count(level != null && level == i ? 1 : 0, map.count(MapPredicates.equal("level", i)));
        }
    }

    static void anIndexFollowsWhatExpiresAndWhatIsEvicted(TestBed bed) {
        GridMap<String, Customer> expiring = bed.openPlain(CUSTOMERS, INDEXES);
        expiring.put("k", at(1), Duration.ofSeconds(1));
        isAt(expiring, 1);
        bed.advance(Duration.ofSeconds(1));
        isAt(expiring, null);
        expiring.put("k", at(2));
        isAt(expiring, 2);
        GridMap<Integer, Customer> evicting = bed.openPlain(MANY, INDEXES.andThen(config -> config
                .maxEntries(10).eviction(Eviction.INSERTION_ORDER)));
        for (int i = 0; i < 100; i++) {
            evicting.put(i, at(i % 2));
        }
        for (int level = 0; level < 2; level++) {
            int expected = level;
            equal(evicting.select((key, value) -> value.level() == expected),
                    evicting.select(MapPredicates.equal("level", level)));
        }
        if (!bed.differs(Difference.EVICTS_ABOUT)) {
            equal(Set.of(90, 92, 94, 96, 98), evicting.select(MapPredicates.equal("level", 0)).keySet());
            equal(Set.of(91, 93, 95, 97, 99), evicting.select(MapPredicates.equal("level", 1)).keySet());
        }
    }

    static void anUnknownPropertyIsRefusedByName(TestBed bed) {
        GridMap<String, Customer> map = customers(bed, NO_INDEX);
        List<MapPredicate<String, Customer>> unknown = List.of(
                MapPredicates.equal("lvl", 1), MapPredicates.in("lvl", List.of(1)));
        for (MapPredicate<String, Customer> predicate : unknown) {
            refused(Code.BAD_PROPERTY, () -> map.select(predicate), "'lvl'", "Customer");
            refused(Code.BAD_PROPERTY, () -> map.count(predicate), "'lvl'");
            refused(Code.BAD_PROPERTY, () -> map.removeAll(predicate), "'lvl'");
        }
        refused(Code.BAD_PROPERTY, () -> map.count(MapPredicates.equal("address.town", 1)), "town");
        equal(4, map.size());
    }

    static void aPredicateThatThrowsRemovesNothingMore(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        thrown(ArithmeticException.class, () -> map.removeAll((key, value) -> 1 / zero() == value));
        thrown(ArithmeticException.class, () -> map.select((key, value) -> 1 / zero() == value));
        thrown(ArithmeticException.class, () -> map.count((key, value) -> 1 / zero() == value));
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    /** What an index answers is what a walk over all entries answers, after writers of the same keys were at work. */
    static void anIndexIsRightAfterWritersMetAtItsKeys(TestBed bed) throws Exception {
        GridMap<Integer, Customer> map = bed.open(MANY, INDEXES);
        bed.together(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < bed.some(4_000); i++) {
                int key = random.nextInt(50);
                int level = random.nextInt(5);
                switch (random.nextInt(5)) {
                    case 0 -> map.remove(key);
                    case 1 -> map.compute(key, (k, value) -> value == null ? at(level) : null);
                    case 2 -> map.computeIfPresent(key, (k, value) -> at(level));
                    case 3 -> map.count(MapPredicates.equal("level", level));
                    default -> map.put(key, at(level));
                }
            }
            return null;
        });
        for (int level = 0; level < 5; level++) {
            int expected = level;
            equal(map.select((key, value) -> value.level() == expected),
                    map.select(MapPredicates.equal("level", level)));
        }
    }

    /** Entries that are not touched are found, whatever happens to others of the same value meanwhile. */
    static void anIndexFindsWhatStaysWhileOthersWrite(TestBed bed) throws Exception {
        GridMap<Integer, Customer> map = bed.open(MANY, INDEXES);
        for (int i = 0; i < 100; i++) {
            map.put(-1 - i, at(1));
        }
        bed.together(3, thread -> {
            for (int i = 0; i < 300; i++) {
                if (thread == 0) {
                    Set<Integer> found = new HashSet<>(map.select(MapPredicates.equal("level", 1)).keySet());
                    found.removeIf(key -> key >= 0);
                    equal(100, found.size());
                } else {
                    map.put(i % 30, at(i % 3));
                    map.remove((i + 15) % 30);
                }
            }
            return null;
        });
    }

    /** Two callers remove and count on; each entry is removed by one of them. */
    static void eachEntryIsRemovedOnce(TestBed bed) throws Exception {
        GridMap<Integer, Customer> map = bed.open(MANY, INDEXES);
        for (int i = 0; i < 1_000; i++) {
            map.put(i, at(i % 2));
        }
        List<Long> removed = bed.together(4, thread -> map.removeAll(MapPredicates.equal("level", 1)));
        count(500, removed.stream().mapToLong(Long::longValue).sum());
        equal(500, map.size());
        isNull(map.get(1));
        holds(map.containsKey(2));
    }

    private static int zero() {
        return 0;
    }
}
