package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.refused;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.Changes;
import io.penstock.grid.Changes.PartitionSet;
import io.penstock.grid.Eviction;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.testing.GridHost.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The journal of a map's changes: what it tells, and in which order. */
final class ChangesChecks {

    private ChangesChecks() {}

    /** What a reader has, a line for each change: number, kind, key, value before, value after. */
    static String read(Changes.Reader<?, ?> reader, int changesMax) {
        StringBuilder text = new StringBuilder();
        reader.poll(change -> text.append(change.sequence()).append(' ').append(change.kind()).append(' ')
                .append(change.key()).append(' ').append(change.before()).append(" -> ").append(change.after())
                .append('\n'), changesMax);
        return text.toString();
    }

    static void eachKindOfChangeIsToldWithTheValuesBeforeAndAfter(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1));
        List<String> keys = bed.keysOfOnePartition(map.changes(), 2);
        String a = keys.get(0);
        String b = keys.get(1);
        map.put(a, 0);
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        isNull(reader.poll());
        map.put(a, 1);
        map.put(a, 1);
        map.putIfAbsent(b, 2);
        map.putIfAbsent(b, 3);
        map.remove(b);
        map.remove(b);
        map.merge(a, 5, Integer::sum);
        map.clear();
        equal("""
                1 UPDATE %1$s 0 -> 1
                2 UPDATE %1$s 1 -> 1
                3 PUT %2$s null -> 2
                4 REMOVE %2$s 2 -> null
                5 UPDATE %1$s 1 -> 6
                6 %3$s %1$s 6 -> null
                """.formatted(a, b, clear(bed)), read(reader, 100));
        isNull(reader.poll());
    }

    /** How a clear is told. */
    static Kind clear(TestBed bed) {
        return bed.differs(Difference.CLEARS_BY_REMOVING) ? Kind.REMOVE : Kind.CLEAR;
    }

    static void whatChangesNothingIsNotTold(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.putIfAbsent("a", 9);
        map.remove("z");
        map.remove("a", 9);
        map.replace("z", 9);
        map.replace("a", 9, 10);
        map.compute("z", (key, value) -> null);
        map.computeIfAbsent("a", key -> 9);
        map.computeIfPresent("z", (key, value) -> 9);
        map.update("z", before -> null);
        map.process("a", entry -> entry.value());
        map.removeAll((key, value) -> value > 9);
        thrown(ArithmeticException.class, () -> map.compute("a", (key, value) -> value / zero()));
        map.process("z", entry -> {
            entry.put(1);
            entry.remove();
            return null;
        });
        isNull(reader.poll());
    }

    private static int zero() {
        return 0;
    }

    static void everyWayToWriteIsTold(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.update("a", before -> 1);
        map.process("a", entry -> {
            entry.put(2);
            entry.put(3);
            return null;
        });
        map.replace("a", 4);
        map.replace("a", 4, 5);
        map.entrySet().iterator().next().setValue(6);
        map.replaceAll((key, value) -> 7);
        map.removeAll((key, value) -> true);
        map.computeIfAbsent("a", key -> 8);
        map.keySet().remove("a");
        map.put("a", 9, Duration.ofHours(1));
        map.process("a", entry -> {
            entry.remove();
            return null;
        });
        map.compute("a", (key, value) -> 10);
        map.values().removeIf(value -> value == 10);
        equal("""
                0 PUT a null -> 1
                1 UPDATE a 1 -> 3
                2 UPDATE a 3 -> 4
                3 UPDATE a 4 -> 5
                4 UPDATE a 5 -> 6
                5 UPDATE a 6 -> 7
                6 REMOVE a 7 -> null
                7 PUT a null -> 8
                8 REMOVE a 8 -> null
                9 PUT a null -> 9
                10 REMOVE a 9 -> null
                11 PUT a null -> 10
                12 REMOVE a 10 -> null
                """, read(reader, 100));
    }

    static void aClearIsToldForEachKey(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.clear();
        Map<String, Integer> cleared = new HashMap<>();
        for (MapChange<String, Integer> change = reader.poll(); change != null; change = reader.poll()) {
            equal(clear(bed), change.kind());
            isNull(change.after());
            isNull(cleared.put(change.key(), change.before()));
        }
        equal(Map.of("a", 1, "b", 2, "c", 3), cleared);
    }

    static void anEvictionIsTold(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            evictionsAreTold(bed, Eviction.INSERTION_ORDER);
            return;
        }
        GridMap<String, Integer> map = bed.openPlain(
                config -> config.partitions(1).maxEntries(2).eviction(Eviction.INSERTION_ORDER));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.put("a", 1);
        map.put("b", 2);
        map.put("c", 3);
        equal("""
                0 PUT a null -> 1
                1 PUT b null -> 2
                2 PUT c null -> 3
                3 EVICT a 1 -> null
                """, read(reader, 100));
    }

    static void anEvictionOfTheLeastUsedIsTold(TestBed bed) {
        evictionsAreTold(bed, Eviction.LEAST_USED);
    }

    private static void evictionsAreTold(TestBed bed, Eviction eviction) {
        GridMap<String, Integer> map = bed.openPlain(
                config -> config.maxEntries(10).eviction(eviction).journalCapacity(10_000));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        MapCopy<String, Integer> copy = new MapCopy<>(map.changes());
        int keyCount = (int) bed.mostEntries(map, 10) + 100;
        for (int i = 0; i < 1_000; i++) {
            map.put("k" + i % keyCount, i);
        }
        bed.eventually("at most 10 entries", () -> map.entryCount() <= bed.mostEntries(map, 10));
        bed.eventually("that who follows the changes has the map", () -> copy.follow(reader).entries().equals(map));
        holds(copy.changeCount(Kind.EVICT) >= 100, "100 or more are evicted: " + copy.changeCount(Kind.EVICT));
    }

    static void anExpiryIsToldSoon(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.partitions(1));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.put("a", 1, Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(1));
        StringBuilder told = new StringBuilder();
        bed.eventually("that the expiry is told", () -> told.append(read(reader, 9)).toString().contains("EXPIRE"));
        equal("0 PUT a null -> 1\n1 EXPIRE a 1 -> null\n", told.toString());
    }

    /** Nobody has looked yet that the old entry is gone, when there is a new one. */
    static void anExpiryIsToldBeforeTheWriteThatFoundIt(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.partitions(1));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.put("a", 1, Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(1));
        map.put("a", 2);
        String told = read(reader, 9);
        boolean isToldOnce = bed.differs(Difference.TELLS_EXPIRY_LATE) && !told.contains("EXPIRE");
        equal(isToldOnce
                ? "0 PUT a null -> 1\n1 PUT a null -> 2\n"
                : "0 PUT a null -> 1\n1 EXPIRE a 1 -> null\n2 PUT a null -> 2\n", told);
        isNull(reader.poll());
    }

    static void theNumbersOfEachPartitionBeginAtZeroAndHaveNoHoles(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(8));
        Changes<String, Integer> changes = map.changes();
        equal(bed.partitions(changes, 8), changes.partitionCount());
        Changes.Reader<String, Integer> reader = changes.fromNow();
        Map<Integer, Long> nexts = new HashMap<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 100; i++) {
                map.put("k" + i, round);
            }
            for (MapChange<String, Integer> change = reader.poll(); change != null; change = reader.poll()) {
                equal(changes.partitionOf(change.key()), change.partition());
                equal(nexts.getOrDefault(change.partition(), 0L), change.sequence());
                nexts.merge(change.partition(), 1L, (before, one) -> before + one);
            }
        }
        equal(partitionsOf(changes, map.keySet()), nexts.keySet());
        count(500, nexts.values().stream().mapToLong(Long::longValue).sum());
    }

    private static Set<Integer> partitionsOf(Changes<String, ?> changes, Set<String> keys) {
        return keys.stream().map(changes::partitionOf).collect(Collectors.toSet());
    }

    static void aChangeIsThereBeforeItsCallReturns(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(2).journalCapacity(100_000));
        Changes<String, Integer> changes = map.changes();
        bed.together(3, thread -> {
            Changes.Reader<String, Integer> reader = changes.fromNow();
            String key = "of" + thread;
            for (int i = 0; i < bed.some(2_000); i++) {
                map.put(key, i);
                Integer last = null;
                for (MapChange<String, Integer> change = reader.poll(); change != null; change = reader.poll()) {
                    last = change.key().equals(key) ? change.after() : last;
                }
                equal(i, last);
            }
            return null;
        });
    }

    static void aMapTellsWhatItKeeps(TestBed bed) {
        Changes<String, Integer> changes = bed.open(config -> config.partitions(4).journalCapacity(3)).changes();
        equal(3, changes.capacity());
        int partitions = bed.partitions(changes, 4);
        equal(partitions, changes.partitionCount());
        for (String key : List.of("a", "b", "c", "d")) {
            int partition = changes.partitionOf(key);
            holds(partition >= 0 && partition < partitions, "a partition from 0 on: " + partition);
            equal(partition, changes.partitionOf(key));
        }
    }

    static void aMapWithoutAJournalSaysSo(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.journalCapacity(0));
        refused(Code.BAD_CONFIG, map::changes, "map 'stock'", "journalCapacity");
        refused(Code.BAD_CONFIG, () -> map.listen(change -> {}), "map 'stock'", "journalCapacity");
        map.put("a", 1);
        equal(1, map.localView().reader().get("a"));
    }

    // ---- partitions

    static void readersShareThePartitions(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(8));
        Changes<String, Integer> changes = map.changes();
        List<Changes.Reader<String, Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(changes.from(changes.now(), new PartitionSet(i, 3)));
        }
        for (int i = 0; i < 200; i++) {
            map.put("k" + i, i);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Set<Integer> partitions = new TreeSet<>();
            readers.get(i).poll(change -> {
                partitions.add(change.partition());
                holds(seen.add(change.key()), change.key() + " is seen once");
            }, 1_000);
            int index = i;
            Set<Integer> expected = partitionsOf(changes, map.keySet());
            expected.removeIf(partition -> partition % 3 != index);
            equal(expected, partitions);
        }
        equal(map.keySet(), seen);
    }

    static void readersShareTheContent(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4));
        for (int i = 0; i < 200; i++) {
            map.put("k" + i, i);
        }
        MapCopy<String, Integer> copy = new MapCopy<>(map.changes());
        copy.follow(map.changes().fromContent(new PartitionSet(0, 2)));
        holds(copy.entries().size() < 200, "one of two readers has a part: " + copy.entries().size());
        copy.follow(map.changes().fromContent(new PartitionSet(1, 2)));
        equal(map, copy.entries());
        int count = map.changes().partitionCount();
        MapCopy<String, Integer> none = new MapCopy<>(map.changes());
        equal(Map.of(), none.follow(map.changes().fromContent(new PartitionSet(count, count + 1))).entries());
    }

    static void aPartitionSetHasEachOfSoManyPartitions(TestBed bed) {
        PartitionSet set = new PartitionSet(1, 3);
        holds(set.contains(1) && set.contains(4) && !set.contains(0) && !set.contains(2), "1, 4, 7, ...");
        holds(new PartitionSet(0, 1).contains(5), "one of one has all");
        thrown(IndexOutOfBoundsException.class, () -> new PartitionSet(3, 3));
        thrown(IndexOutOfBoundsException.class, () -> new PartitionSet(-1, 3));
        thrown(IndexOutOfBoundsException.class, () -> new PartitionSet(0, 0));
        holdsNot(new PartitionSet(2, 3).contains(0));
    }
}
