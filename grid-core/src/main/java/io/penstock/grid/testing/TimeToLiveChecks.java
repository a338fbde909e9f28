package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.differ;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.Changes;
import io.penstock.grid.GridMap;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;

/** Entries whose time ends. */
final class TimeToLiveChecks {

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration HALF = TTL.dividedBy(2);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private TimeToLiveChecks() {}

    /** A map with b, c and an entry "a" whose time has ended. */
    private static GridMap<String, Integer> withExpired(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        map.put("a", 1, TTL);
        map.putAll(Map.of("b", 2, "c", 3));
        bed.advance(TTL);
        return map;
    }

    private static final Map<String, Integer> LEFT = Map.of("b", 2, "c", 3);

    static void anEntryLivesUntilItsTimeHasPassed(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        isNull(map.put("a", 1, TTL));
        equal(1, map.put("a", 2, TTL));
        bed.advance(HALF);
        equal(2, map.get("a"));
        holds(map.containsKey("a"));
        bed.advance(HALF);
        isNull(map.get("a"));
    }

    static void everyLookMissesAnExpiredEntry(TestBed bed) {
        GridMap<String, Integer> map = withExpired(bed);
        isNull(map.get("a"));
        equal(-1, map.getOrDefault("a", -1));
        holdsNot(map.containsKey("a"));
        holdsNot(map.containsValue(1));
        equal(LEFT, map.getAll(List.of("a", "b", "c")));
        isNull(map.timeToLive("a"));
        equal(LEFT, map.select((key, value) -> true));
        count(0, map.count((key, value) -> key.equals("a")));
        map.forEach((key, value) -> differ("a", key));
    }

    static void everyCountMissesAnExpiredEntry(TestBed bed) {
        count(2, withExpired(bed).entryCount());
        equal(2, withExpired(bed).size());
        count(2, withExpired(bed).figures().entries());
        equal(2, withExpired(bed).keySet().size());
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        map.put("a", 1, TTL);
        holdsNot(map.isEmpty());
        bed.advance(TTL);
        holds(map.isEmpty());
        holds(map.keySet().isEmpty());
    }

    static void theMapAsAWholeIsWithoutExpiredEntries(TestBed bed) {
        equal(LEFT, withExpired(bed));
        equal(withExpired(bed), LEFT);
        equal(LEFT.hashCode(), withExpired(bed).hashCode());
        holdsNot(withExpired(bed).toString().contains("a=1"));
        equal(Set.of("b", "c"), withExpired(bed).keySet());
        equal(LEFT.entrySet(), withExpired(bed).entrySet());
        equal(5, withExpired(bed).values().stream().mapToInt(Integer::intValue).sum());
        holdsNot(withExpired(bed).keySet().contains("a"));
        holdsNot(withExpired(bed).entrySet().contains(Map.entry("a", 1)));
    }

    static void aWalkEndsWhenTheRestExpired(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        for (int i = 0; i < 100; i++) {
            map.put("k" + i, i, TTL);
        }
        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        bed.advance(TTL);
        int seen = 0;
        while (keys.hasNext()) {
            keys.next();
            seen++;
        }
        holds(seen <= 1, "at most the one key that a walk holds already is seen after its time: " + seen);
        thrown(NoSuchElementException.class, keys::next);
    }

    static void everyRemovalMissesAnExpiredEntry(TestBed bed) {
        isNull(withExpired(bed).remove("a"));
        holdsNot(withExpired(bed).remove("a", 1));
        holdsNot(withExpired(bed).keySet().remove("a"));
        holdsNot(withExpired(bed).values().remove(1));
        holdsNot(withExpired(bed).entrySet().removeIf(entry -> entry.getKey().equals("a")));
        count(0, withExpired(bed).removeAll((key, value) -> key.equals("a")));
    }

    static void everyWriteFindsAnExpiredEntryAbsent(TestBed bed) {
        isNull(withExpired(bed).put("a", 9));
        isNull(withExpired(bed).put("a", 9, TTL));
        isNull(withExpired(bed).putIfAbsent("a", 9));
        isNull(withExpired(bed).putIfAbsent("a", 9, TTL));
        isNull(withExpired(bed).replace("a", 9));
        holdsNot(withExpired(bed).replace("a", 1, 9));
        equal(9, withExpired(bed).computeIfAbsent("a", key -> 9));
        isNull(withExpired(bed).computeIfPresent("a", (key, value) -> 9));
        equal(9, withExpired(bed).compute("a", (key, value) -> value == null ? 9 : -1));
        equal(9, withExpired(bed).merge("a", 9, Integer::sum));
        equal(9, withExpired(bed).update("a", before -> before == null ? 9 : -1));
        equal("absent", withExpired(bed).process("a", entry -> entry.value() == null ? "absent" : "present"));
        equal(Map.of("b", 2, "c", 3), withExpired(bed).processAll((key, value) -> true, entry -> entry.value()));
    }

    static void setValueDoesNotBringBackAnExpiredEntry(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        map.put("a", 1, TTL);
        Map.Entry<String, Integer> entry = map.entrySet().iterator().next();
        bed.advance(TTL);
        entry.setValue(2);
        holds(map.isEmpty());
    }

    /** All that make 2 of the value 1 of "a", and give no time to live. */
    private static final List<Consumer<GridMap<String, Integer>>> WRITES = List.of(
            map -> map.put("a", 2),
            map -> map.putAll(Map.of("a", 2)),
            map -> map.replace("a", 2),
            map -> map.replace("a", 1, 2),
            map -> map.compute("a", (key, value) -> 2),
            map -> map.computeIfPresent("a", (key, value) -> 2),
            map -> map.merge("a", 1, Integer::sum),
            map -> map.update("a", before -> 2),
            map -> map.process("a", entry -> {
                entry.put(2);
                return null;
            }),
            map -> map.entrySet().iterator().next().setValue(2),
            map -> map.replaceAll((key, value) -> 2));

    static void theTimeCountsFromTheWriteOfTheValue(TestBed bed) {
        for (int i = 0; i < WRITES.size(); i++) {
            GridMap<String, Integer> map = bed.openPlain(config -> config.ttl(TTL));
            map.put("a", 1);
            bed.advance(HALF);
            WRITES.get(i).accept(map);
            bed.advance(HALF);
            equal(2, map.get("a"), "half a time after write " + i);
            bed.advance(HALF);
            isNull(map.get("a"));
        }
    }

    static void whatWritesNothingDoesNotProlongALife(TestBed bed) {
        List<Consumer<GridMap<String, Integer>>> uses = List.of(
                map -> map.get("a"),
                map -> map.putIfAbsent("a", 2),
                map -> map.putIfAbsent("a", 2, FOREVER),
                map -> map.replace("a", 2, 3),
                map -> map.computeIfAbsent("a", key -> 2),
                map -> map.process("a", entry -> entry.value()),
                map -> map.forEach((key, value) -> {}));
        for (Consumer<GridMap<String, Integer>> use : uses) {
            GridMap<String, Integer> map = bed.openPlain(config -> config.ttl(TTL));
            map.put("a", 1);
            bed.advance(HALF);
            use.accept(map);
            bed.advance(HALF);
            isNull(map.get("a"));
        }
    }

    static void theEntrysOwnTimeGoesBeforeTheMaps(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.ttl(TTL));
        map.put("shorter", 1, HALF);
        map.put("longer", 2, TTL.multipliedBy(2));
        map.putIfAbsent("forever", 3, FOREVER);
        map.put("usual", 4);
        bed.advance(HALF);
        equal(Set.of("longer", "forever", "usual"), map.keySet());
        bed.advance(HALF);
        equal(Set.of("longer", "forever"), map.keySet());
        bed.advance(TTL);
        equal(Set.of("forever"), map.keySet());
    }

    static void aWriteWithoutATimeEndsTheEntrysOwn(TestBed bed) {
        for (int i = 0; i < WRITES.size(); i++) {
            GridMap<String, Integer> map = bed.openPlain(config -> {});
            map.put("a", 1, TTL);
            WRITES.get(i).accept(map);
            isNull(map.timeToLive("a"));
            bed.advance(TTL);
            equal(2, map.get("a"), "the value after write " + i);
        }
    }

    static void aProcessorGivesAnEntryATimeOfItsOwn(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        map.put("b", 1);
        map.processAll(List.of("a", "b"), entry -> {
            entry.put(2, TTL);
            return null;
        });
        bed.advance(HALF);
        equal(Map.of("a", 2, "b", 2), map);
        bed.advance(HALF);
        equal(Map.of(), map);
    }

    static void timeToLiveTellsWhatIsLeft(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        map.put("a", 1, TTL.multipliedBy(10));
        map.put("b", 2);
        map.put("c", 3, FOREVER);
        bed.advance(TTL.multipliedBy(4));
        Duration left = map.timeToLive("a");
        holds(left.compareTo(TTL.multipliedBy(6)) <= 0, "at most 6 of 10 s are left: " + left);
        holds(left.compareTo(TTL.multipliedBy(5)) > 0, "more than 5 of 10 s are left: " + left);
        isNull(map.timeToLive("b"));
        isNull(map.timeToLive("c"));
        isNull(map.timeToLive("z"));
        GridMap<String, Integer> expiring = bed.openPlain(config -> config.ttl(TTL));
        expiring.put("a", 1);
        holds(expiring.timeToLive("a").compareTo(TTL) <= 0, "at most the map's time is left");
    }

    static void aVeryLongTimeIsForever(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.ttl(FOREVER));
        map.put("a", 1, Duration.ofDays(200 * 365L));
        map.put("b", 2, Duration.ofDays(300 * 365L));
        map.put("c", 3);
        bed.advance(TTL);
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
        isNull(map.timeToLive("b"));
        isNull(map.timeToLive("c"));
    }

    static void manyEntriesExpireAndTheirPlacesAreFreed(TestBed bed) {
        int most = 2 * bed.some(1_000);
        GridMap<String, Integer> map = bed.openPlain(config -> config.maxEntries(most));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < most; i++) {
                map.put(round + "k" + i, i, i % 2 == 0 ? TTL : HALF);
            }
            bed.advance(HALF);
            count(most / 2, map.entryCount());
            bed.advance(HALF);
            count(0, map.entryCount());
        }
    }

    /** Nobody counts what another thread is just about to sweep away. */
    static void whatExpiredIsCountedByNoThread(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < bed.some(2_000); i++) {
                map.put("k" + i, i, HALF);
            }
            bed.advance(HALF);
            equal(List.of(0L, 0L, 0L), bed.together(3, thread -> map.entryCount()));
        }
    }

    static void anEntryThatWasProlongedIsNotSweptAwayWithItsFirstTime(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        for (int i = 0; i < 500; i++) {
            map.put("k" + i, i, TTL);
        }
        for (int i = 0; i < 500; i++) {
            map.put("k" + i, i, i % 2 == 0 ? TTL.multipliedBy(3) : FOREVER);
        }
        map.put("swept", 0, TTL);
        Changes.Reader<String, Integer> changes = map.changes().fromNow();
        bed.advance(TTL);
        bed.eventually("the change of what expired", () -> changes.poll() != null);
        count(500, map.entryCount());
        bed.advance(TTL.multipliedBy(2));
        count(250, map.entryCount());
    }
}
