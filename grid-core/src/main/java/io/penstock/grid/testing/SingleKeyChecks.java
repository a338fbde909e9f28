package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.isNull;

import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Looking at, storing and removing one key. */
final class SingleKeyChecks {

    private record Place(String country, UUID id, TimeUnit unit, short floor, char door) {}

    private SingleKeyChecks() {}

    static void aMapKnowsItsRef(TestBed bed) {
        equal(TestBed.STOCK, bed.open().ref());
    }

    static void putReturnsThePreviousValue(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        isNull(map.put("a", 1));
        equal(1, map.put("a", 2));
        equal(2, map.get("a"));
        count(1, map.entryCount());
    }

    static void anAbsentKeyHasNoValue(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        isNull(map.get("z"));
        holdsNot(map.containsKey("z"));
        holdsNot(map.containsValue(26));
        equal(26, map.getOrDefault("z", 26));
        isNull(map.getOrDefault("z", null));
        isNull(map.remove("z"));
    }

    static void aPresentKeyHasItsValue(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(3, map.get("c"));
        holds(map.containsKey("c"));
        holds(map.containsValue(3));
        equal(3, map.getOrDefault("c", 26));
        equal(3, map.remove("c"));
        holdsNot(map.containsKey("c"));
    }

    @SuppressWarnings("unlikely-arg-type")
    static void aKeyOfAnotherClassIsAbsentWhenRead(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        isNull(map.get(1));
        equal(7, map.getOrDefault((Object) 1, 7));
        isNull(map.remove((Object) 1));
        holdsNot(map.remove((Object) 1, (Object) 1));
        holdsNot(map.containsKey(1));
        holdsNot(map.containsValue("a"));
        holdsNot(map.keySet().contains(1));
    }

    static void putIfAbsentKeepsThePresentValue(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        isNull(map.putIfAbsent("a", 1));
        equal(1, map.putIfAbsent("a", 2));
        equal(1, map.get("a"));
    }

    static void replaceStoresOnlyForAPresentKey(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(1, map.replace("a", 10));
        isNull(map.replace("z", 26));
        holdsNot(map.containsKey("z"));
        equal(10, map.get("a"));
    }

    static void aKeyMayBeARecordOfKeys(TestBed bed) {
        GridMap<Place, Integer> map = bed.open(MapRef.of("places", Place.class, Integer.class), config -> {});
        UUID id = new UUID(1, 2);
        map.put(new Place("AT", id, TimeUnit.DAYS, (short) 3, 'x'), 1);
        equal(1, map.get(new Place("AT", new UUID(1, 2), TimeUnit.DAYS, (short) 3, 'x')));
        isNull(map.get(new Place("AT", id, TimeUnit.DAYS, (short) 3, 'y')));
        equal(1, map.merge(new Place("AT", id, TimeUnit.HOURS, (short) 3, 'x'), 1, Integer::sum));
        count(2, map.entryCount());
    }

    /** All have the hash code 0 in their lower bits, and so meet in one place of most tables. */
    static void keysWithSimilarHashCodesAreKeptApart(TestBed bed) {
        GridMap<Long, Integer> map = bed.open(MapRef.of("similar", Long.class, Integer.class), config -> {});
        for (int i = 0; i < 2_000; i++) {
            isNull(map.put((long) i << 20, i));
        }
        for (int i = 0; i < 2_000; i++) {
            equal(i, i % 2 == 0 ? map.get((long) i << 20) : map.remove((long) i << 20));
        }
        count(1_000, map.entryCount());
        isNull(map.get(1L << 20));
        equal(2, map.get(2L << 20));
    }
}
