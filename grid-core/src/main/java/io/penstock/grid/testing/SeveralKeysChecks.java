package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.differ;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;

import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.testing.GridHost.Difference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several keys at once, and the map as a whole. */
final class SeveralKeysChecks {

    private SeveralKeysChecks() {}

    static void getAllCopiesThePresentKeysInTheirOrder(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Integer> found = map.getAll(List.of("c", "z", "a"));
        equal(List.of("c", "a"), List.copyOf(found.keySet()));
        equal(Map.of("a", 1, "c", 3), found);
        map.put("a", 10);
        equal(1, found.get("a"));
        found.put("b", 20);
        equal(2, map.get("b"));
        equal(Map.of(), map.getAll(List.of()));
    }

    static void getAllTakesAKeyThatIsGivenTwice(TestBed bed) {
        equal(Map.of("a", 1), bed.openWithAbc().getAll(List.of("a", "a", "z", "z")));
    }

    static void aMapCountsItsEntries(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        holds(map.isEmpty());
        map.putAll(Map.of("a", 1, "b", 2));
        count(2, map.size());
        count(2, map.entryCount());
        holdsNot(map.isEmpty());
        map.clear();
        count(0, map.entryCount());
        holds(map.isEmpty());
    }

    static void forEachVisitsAllAndReplaceAllChangesAll(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        map.replaceAll((key, value) -> value * 10);
        Map<String, Integer> visited = new HashMap<>();
        map.forEach(visited::put);
        equal(Map.of("a", 10, "b", 20, "c", 30), visited);
    }

    static void clearRemovesAllOfManyEntries(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        for (int i = 0; i < 1_000; i++) {
            map.put("k" + i, i);
        }
        map.clear();
        equal(Map.of(), map);
        map.put("k1", 1);
        equal(Map.of("k1", 1), map);
    }

    static void aMapEqualsAndHashesAsAnyMap(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Integer> same = new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
        equal(map, map);
        equal(same, map);
        equal(map, same);
        equal(same.hashCode(), map.hashCode());
        same.put("c", 4);
        differ(map, same);
        differ(map, Map.of("a", 1));
        differ(map, List.of());
    }

    static void aMapDiffersFromMapsThatCouldNotBeIts(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<Object, Object> withNulls = new HashMap<>(Map.of("a", 1, "b", 2));
        withNulls.put(null, null);
        differ(withNulls, map);
        differ(map, withNulls);
        differ(Map.of(1, "a", 2, "b", 3, "c"), map);
        differ(map, new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c")));
    }

    static void aMapPrintsAsAnyMap(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal("{}", map.toString());
        map.put("a", 1);
        equal("{a=1}", map.toString());
    }

    static void mapsOfDifferentGridsShareNothing(TestBed bed) {
        GridMap<String, Integer> one = bed.openWithAbc();
        GridMap<String, Integer> other = bed.open();
        holds(one != other, "two maps");
        holds(other.isEmpty());
        bed.closeItsGrid();
        equal(1, one.get("a"));
    }

    static void figuresCountWhatTheMapHolds(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.partitions(1).journalCapacity(2));
        count(0, map.figures().entries());
        count(0, map.figures().bytes());
        map.putAll(Map.of("a", 1, "b", 2, "c", 3));
        count(3, map.figures().entries());
        long journaled = bed.differs(Difference.KEEPS_A_JOURNAL_ALWAYS) ? map.figures().journalChanges() : 0;
        count(journaled, map.figures().journalChanges());
        count(0, map.figures().viewEntries());
        long bytes = map.figures().bytes();
        holds(bytes > 0, "a size in bytes: " + bytes);
        map.changes();
        for (int i = 0; i < 3; i++) {
            map.put("a", i);
        }
        if (bed.differs(Difference.KEEPS_A_JOURNAL_ALWAYS)) {
            long changes = map.figures().journalChanges();
            holds(changes >= 2 && changes <= 6, "2 changes in each of 3 partitions or less: " + changes);
        } else {
            count(2, map.figures().journalChanges());
        }
        try (LocalView<String, Integer> view = map.localView()) {
            count(3, map.figures().viewEntries());
            map.clear();
            bed.settle();
            count(0, view.entryCount());
        }
        count(0, map.figures().entries());
        count(0, map.figures().bytes());
    }

    static void figuresTellMoreBytesForLargerValues(TestBed bed) {
        GridMap<String, String> map = bed.openPlain(
                MapRef.of("texts", String.class, String.class), config -> config.maxBytes(1 << 30));
        map.put("a", "x".repeat(1_000));
        long small = map.figures().bytes();
        holds(small >= 1_000 && small < 2_000, "1,000 characters of ASCII take some 1,000 bytes: " + small);
        map.put("a", "x".repeat(10_000));
        long large = map.figures().bytes();
        holds(large >= 10_000 && large < 11_000, "10,000 characters of ASCII take some 10,000 bytes: " + large);
        map.put("b", "x".repeat(10_000));
        holds(map.figures().bytes() > 20_000 && map.figures().bytes() < 22_000, "two entries take twice as much");
        map.remove("b");
        count(large, map.figures().bytes());
    }
}
