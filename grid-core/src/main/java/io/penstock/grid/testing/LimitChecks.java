package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.refused;

import io.penstock.grid.Eviction;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapRef;
import io.penstock.grid.testing.GridHost.Difference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A map's maximum: what it refuses, and what it evicts. */
final class LimitChecks {

    private static final MapRef<String, String> TEXTS = MapRef.of("texts", String.class, String.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private LimitChecks() {}

    // ---- maps that refuse

    static void aFullMapRefusesANewKey(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(2));
        map.putAll(Map.of("a", 1, "b", 2));
        List<Expect.Action> insertions = List.of(
                () -> map.put("c", 3),
                () -> map.put("c", 3, HOUR),
                () -> map.putIfAbsent("c", 3),
                () -> map.putIfAbsent("c", 3, HOUR),
                () -> map.compute("c", (key, value) -> 3),
                () -> map.computeIfAbsent("c", key -> 3),
                () -> map.merge("c", 3, Integer::sum),
                () -> map.update("c", before -> 3),
                () -> map.process("c", entry -> {
                    entry.put(3);
                    return null;
                }),
                () -> map.putAll(Map.of("c", 3)));
        for (Expect.Action insertion : insertions) {
            refused(Code.MAP_FULL, insertion, "map 'stock'", "2 entries", "raise maxEntries");
            equal(Map.of("a", 1, "b", 2), map);
        }
    }

    static void aFullMapStillChangesItsKeysAndTakesNewOnesAfterARemoval(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(2));
        map.putAll(Map.of("a", 1, "b", 2));
        map.put("a", 10);
        map.merge("b", 1, Integer::sum);
        equal(Map.of("a", 10, "b", 3), map);
        for (Consumer<String> removal : removals(map)) {
            removal.accept("a");
            map.put("c", 99);
            refused(Code.MAP_FULL, () -> map.put("d", 4));
            map.remove("c");
            map.put("a", 10);
        }
        map.clear();
        map.putAll(Map.of("x", 1, "y", 2));
        refused(Code.MAP_FULL, () -> map.put("z", 3));
    }

    private static List<Consumer<String>> removals(GridMap<String, Integer> map) {
        return List.of(
                map::remove,
                key -> map.remove(key, map.get(key)),
                key -> map.compute(key, (k, value) -> null),
                key -> map.computeIfPresent(key, (k, value) -> null),
                key -> map.merge(key, 0, (before, value) -> null),
                key -> map.update(key, before -> null),
                key -> map.process(key, entry -> {
                    entry.remove();
                    return null;
                }),
                key -> map.removeAll((k, value) -> k.equals(key)),
                key -> map.keySet().remove(key),
                key -> map.values().removeIf(value -> value.equals(map.get(key))),
                key -> map.entrySet().removeIf(entry -> entry.getKey().equals(key)));
    }

    /** Again and again, for whoever sweeps away what has expired may be at work just then. */
    static void aFullMapHasRoomAgainWhenAnEntryExpired(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(2));
        map.put("a", 1);
        for (int round = 0; round < 50; round++) {
            map.put("b", 2, SHORT);
            refused(Code.MAP_FULL, () -> map.put("c", 3));
            bed.advance(SHORT);
            map.put("c", 3);
            equal(Map.of("a", 1, "c", 3), map);
            refused(Code.MAP_FULL, () -> map.put("b", 2));
            map.remove("c");
        }
    }

    static void aMapThatRefusesTakesExactlyItsMaximumFromSeveralThreads(TestBed bed) throws Exception {
        int most = bed.some(1_000);
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(most));
        List<Integer> stored = bed.together(4, thread -> {
            int taken = 0;
            for (int i = 0; i < most; i++) {
                taken += isTaken(map, "t" + thread + "-" + i) ? 1 : 0;
            }
            return taken;
        });
        equal(most, stored.stream().mapToInt(Integer::intValue).sum());
        count(most, map.entryCount());
    }

    private static boolean isTaken(GridMap<String, Integer> map, String key) {
        try {
            map.put(key, 0);
            return true;
        } catch (GridException e) {
            equal(Code.MAP_FULL, e.code());
            return false;
        }
    }

    // ---- maps that evict

    static void theFirstInsertedAreEvicted(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            aboutTheMaximumIsKept(bed, Eviction.INSERTION_ORDER);
            return;
        }
        GridMap<String, Integer> map = bed.openPlain(evictingTheFirst(2));
        map.put("a", 1);
        map.put("b", 2);
        map.put("a", 10);
        isNull(map.put("c", 3));
        equal(Map.of("b", 2, "c", 3), map, "a new value for a present key must not make it younger");
        map.remove("b");
        map.put("b", 20);
        map.put("d", 4);
        equal(Map.of("b", 20, "d", 4), map, "a key that was removed and put again is as young as any new key");
    }

    /** The newest key is always kept, the map never holds more than it may, and is never emptied. */
    private static void aboutTheMaximumIsKept(TestBed bed, Eviction eviction) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(100).eviction(eviction));
        long most = bed.mostEntries(map, 100);
        for (int i = 0; i < 2 * most + 100; i++) {
            map.put("k" + i, i);
            holds(i % 50 != 0 || i == map.get("k" + i), "the newest is kept");
            holds(i % 50 != 0 || map.entryCount() <= most, "at most " + most + " entries: " + map.entryCount());
        }
        holds(map.entryCount() >= 50, "a map that evicts is not emptied: " + map.entryCount());
    }

    static void whatExpiredMakesRoomBeforeAnythingIsEvicted(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            aboutTheMaximumIsKept(bed, Eviction.LEAST_USED);
            return;
        }
        GridMap<String, Integer> map = bed.openPlain(evictingTheFirst(2));
        map.put("a", 1);
        map.put("b", 2, Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(1));
        map.put("c", 3);
        equal(Map.of("a", 1, "c", 3), map);
    }

    private static Consumer<MapConfig> evictingTheFirst(long maxEntries) {
        return config -> config.maxEntries(maxEntries).eviction(Eviction.INSERTION_ORDER);
    }

    static void everyKindOfInsertionEvicts(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            everyKindOfInsertionEvictsSomething(bed);
            return;
        }
        GridMap<String, Integer> map = bed.openPlain(evictingTheFirst(1));
        map.put("a", 1);
        isNull(map.putIfAbsent("b", 2));
        equal(Map.of("b", 2), map);
        equal(3, map.compute("c", (key, value) -> 3));
        equal(Map.of("c", 3), map);
        equal(4, map.computeIfAbsent("d", key -> 4));
        equal(Map.of("d", 4), map);
        equal(5, map.merge("e", 5, Integer::sum));
        equal(Map.of("e", 5), map);
        equal(6, map.update("f", before -> 6));
        equal(Map.of("f", 6), map);
        map.process("g", entry -> {
            entry.put(7);
            return null;
        });
        equal(Map.of("g", 7), map);
        map.put("h", 8, HOUR);
        equal(Map.of("h", 8), map);
        map.putAll(Map.of("i", 9));
        equal(Map.of("i", 9), map);
    }

    private static void everyKindOfInsertionEvictsSomething(TestBed bed) {
        List<BiConsumer<GridMap<String, Integer>, String>> insertions = List.of(
                (map, key) -> map.put(key, 1),
                (map, key) -> map.putIfAbsent(key, 1),
                (map, key) -> map.compute(key, (k, value) -> 1),
                (map, key) -> map.computeIfAbsent(key, k -> 1),
                (map, key) -> map.merge(key, 1, Integer::sum),
                (map, key) -> map.update(key, before -> 1),
                (map, key) -> map.process(key, entry -> {
                    entry.put(1);
                    return null;
                }),
                (map, key) -> map.put(key, 1, HOUR),
                (map, key) -> map.putAll(Map.of(key, 1)));
        for (int i = 0; i < insertions.size(); i++) {
            GridMap<String, Integer> map = bed.openPlain(evictingTheFirst(1));
            long most = bed.mostEntries(map, 1);
            for (int key = 0; key < most + 10; key++) {
                insertions.get(i).accept(map, "k" + key);
            }
            holds(map.entryCount() <= most, "insertion " + i + " keeps at most " + most + ": " + map.entryCount());
            holds(map.entryCount() > 0, "insertion " + i + " keeps some");
        }
    }

    static void theYoungestOfEachThreadAreKept(TestBed bed) throws Exception {
        GridMap<Integer, Integer> map = bed.openPlain(
                MapRef.of("numbers", Integer.class, Integer.class),
                config -> config.maxEntries(500).eviction(Eviction.INSERTION_ORDER));
        bed.together(4, thread -> {
            for (int i = 0; i < bed.some(5_000); i++) {
                map.put(thread * 5_000 + i, 0);
            }
            return null;
        });
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            long most = bed.mostEntries(map, 500);
            holds(map.entryCount() <= most, "at most " + most + " entries: " + map.entryCount());
            holds(map.entryCount() >= 250, "a map that evicts is not emptied: " + map.entryCount());
            return;
        }
        count(500, map.entryCount());
        TreeSet<Integer> kept = new TreeSet<>(map.keySet());
        count(500, kept.size());
        for (int key : kept) {
            holds(key % 5_000 == 4_999 || kept.contains(key + 1), key + " is kept, and so are the younger ones");
        }
    }

    static void aMapThatEvictsTheLeastUsedComesBackToItsMaximum(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(100).eviction(Eviction.LEAST_USED));
        bed.together(4, thread -> {
            for (int i = 0; i < bed.some(5_000); i++) {
                map.put("t" + thread + "-" + i, i);
            }
            return null;
        });
        bed.eventually("at most 100 entries", () -> map.entryCount() <= bed.mostEntries(map, 100));
        holds(map.entryCount() >= 50, "a map that evicts is not emptied: " + map.entryCount());
        equal(map.keySet(), new TreeSet<>(map.keySet()));
    }

    static void whatIsReadOftenOutlivesAScan(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(200).eviction(Eviction.LEAST_USED));
        for (int i = 0; i < 50; i++) {
            map.put("often" + i, i);
        }
        for (int i = 0; i < 150; i++) {
            map.put("first" + i, i);
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 50; i++) {
                map.get("often" + i);
            }
        }
        for (int i = 0; i < bed.some(5_000); i++) {
            map.put("once" + i, i);
        }
        bed.eventually("at most 200 entries", () -> map.entryCount() <= bed.mostEntries(map, 200));
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            return;
        }
        long kept = map.keySet().stream().filter(key -> key.startsWith("often")).count();
        holds(kept >= 40, "40 or more of 50 keys that are read often are kept: " + kept);
    }

    // ---- maximum of bytes

    static void aMapThatIsFullOfBytesRefusesANewKey(TestBed bed) {
        GridMap<String, String> map = bed.openPlain(TEXTS, config -> config.maxBytes(10_000));
        String text = "x".repeat(1_000);
        int stored = 0;
        while (stored < 10 && isStored(map, "k" + stored, text)) {
            stored++;
        }
        holds(stored >= 8 && stored <= 9, "10,000 bytes hold 8 or 9 texts of 1,000: " + stored);
        holds(map.figures().bytes() <= 10_000, "at most 10,000 bytes: " + map.figures().bytes());
        refused(Code.MAP_FULL, () -> map.put("z", text), "map 'texts'", "10000 bytes", "raise maxBytes");
        map.remove("k0");
        map.put("z", text);
        equal(stored, map.size());
        map.clear();
        map.put("k0", text);
    }

    private static boolean isStored(GridMap<String, String> map, String key, String text) {
        try {
            map.put(key, text);
            return true;
        } catch (GridException e) {
            equal(Code.MAP_FULL, e.code());
            return false;
        }
    }

    static void aLargerValueIsRefusedWhenTheBytesAreUsedUp(TestBed bed) {
        GridMap<String, String> map = bed.openPlain(TEXTS, config -> config.maxBytes(10_000));
        map.put("a", "x".repeat(4_000));
        map.put("b", "x".repeat(4_000));
        refused(Code.MAP_FULL, () -> map.put("a", "x".repeat(7_000)), "map 'texts'", "raise maxBytes");
        equal(4_000, map.get("a").length());
        map.put("b", "x".repeat(1_000));
        map.put("a", "x".repeat(7_000));
        equal(7_000, map.get("a").length());
    }

    static void anEntryLargerThanAllMayBeIsRefused(TestBed bed) {
        for (Eviction eviction : Eviction.values()) {
            GridMap<String, String> map = bed.openPlain(TEXTS, config -> config.maxBytes(10_000).eviction(eviction));
            map.put("a", "x".repeat(4_000));
            map.put("b", "x".repeat(4_000));
            refused(Code.MAP_FULL, () -> map.put("c", "x".repeat(11_000)), "map 'texts'", "raise maxBytes");
            refused(Code.MAP_FULL, () -> map.put("a", "x".repeat(11_000)), "map 'texts'", "raise maxBytes");
            equal(Set.of("a", "b"), map.keySet());
            equal(4_000, map.get("a").length());
        }
    }

    static void aMapOfSoManyBytesEvictsTheFirstInserted(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            aboutTheMaximumOfMebibytesIsKept(bed, Eviction.INSERTION_ORDER);
            return;
        }
        GridMap<String, String> map = bed.openPlain(
                TEXTS, config -> config.maxBytes(10_000).eviction(Eviction.INSERTION_ORDER));
        for (int i = 0; i < 100; i++) {
            map.put("k" + i, "x".repeat(1_000));
        }
        long bytes = map.figures().bytes();
        holds(bytes <= 10_000 && bytes >= 8_000, "some 10,000 bytes: " + bytes);
        for (int i = 100 - map.size(); i < 100; i++) {
            holds(map.containsKey("k" + i), "k" + i + " is among the youngest");
        }
        map.put("large", "x".repeat(5_000));
        holds(map.figures().bytes() <= 10_000, "at most 10,000 bytes: " + map.figures().bytes());
        holds(map.containsKey("large"), "the youngest key is kept");
    }

    private static void aboutTheMaximumOfMebibytesIsKept(TestBed bed, Eviction eviction) {
        GridMap<String, String> map = bed.openPlain(TEXTS, config -> config.maxBytes(6 << 20).eviction(eviction));
        for (int i = 0; i < 1_500; i++) {
            map.put("k" + i, "x".repeat(10_000));
        }
        long bytes = map.figures().bytes();
        holds(bytes >= 3 << 20 && bytes <= 7 << 20, "some 6 MiB: " + bytes);
    }

    static void aMapOfSoManyBytesEvictsTheLeastUsed(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            aboutTheMaximumOfMebibytesIsKept(bed, Eviction.LEAST_USED);
            return;
        }
        GridMap<String, String> map = bed.openPlain(
                TEXTS, config -> config.maxBytes(100_000).eviction(Eviction.LEAST_USED));
        for (int i = 0; i < 1_000; i++) {
            map.put("k" + i, "x".repeat(1_000));
        }
        bed.eventually("at most 100,000 bytes", () -> map.figures().bytes() <= 100_000);
        holds(map.figures().bytes() >= 50_000, "a map that evicts is not emptied: " + map.figures().bytes());
    }
}
