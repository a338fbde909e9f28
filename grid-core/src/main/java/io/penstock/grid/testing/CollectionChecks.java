package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.GridMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code keySet}, {@code values} and {@code entrySet}. */
final class CollectionChecks {

    private CollectionChecks() {}

    static void theyShowTheMap(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(Set.of("a", "b", "c"), map.keySet());
        equal(new TreeSet<>(List.of(1, 2, 3)), new TreeSet<>(map.values()));
        equal(Map.of("a", 1, "b", 2, "c", 3).entrySet(), map.entrySet());
        equal(Map.of("a", 1, "b", 2, "c", 3).entrySet().hashCode(), map.entrySet().hashCode());
        equal(3, map.values().size());
        holds(map.keySet().contains("a"));
        holds(map.values().contains(3));
        holds(map.entrySet().contains(Map.entry("a", 1)));
        holdsNot(map.entrySet().contains(Map.entry("a", 2)));
        holdsNot(map.entrySet().contains((Object) "a"));
        equal(6, map.values().stream().mapToInt(Integer::intValue).sum());
        equal(3, map.entrySet().toArray().length);
    }

    static void theySeeLaterChanges(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        Set<String> keys = map.keySet();
        Collection<Integer> values = map.values();
        Set<Map.Entry<String, Integer>> entries = map.entrySet();
        map.put("a", 1);
        equal(Set.of("a"), keys);
        equal(List.of(1), List.copyOf(values));
        equal(Set.of(Map.entry("a", 1)), entries);
    }

    static void removalsWriteThrough(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        for (int i = 0; i < 20; i++) {
            map.put("k" + i, i);
        }
        holds(map.keySet().remove("k0"));
        holdsNot(map.keySet().remove("k0"));
        holds(map.values().remove(1));
        holdsNot(map.entrySet().remove(Map.entry("k2", 3)));
        holds(map.entrySet().remove(Map.entry("k2", 2)));
        holds(map.keySet().removeIf(key -> key.length() == 2));
        holds(map.values().removeIf(value -> value < 12));
        holdsNot(map.values().removeIf(value -> value < 12));
        holds(map.entrySet().removeIf(entry -> entry.getValue() > 17));
        holds(map.keySet().removeAll(Set.of("k12", "k13")));
        holds(map.keySet().retainAll(Set.of("k14", "k15", "k16")));
        equal(Map.of("k14", 14, "k15", 15, "k16", 16), map);
        map.keySet().clear();
        holds(map.isEmpty());
    }

    static void theyTakeNothing(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        thrown(UnsupportedOperationException.class, () -> map.keySet().add("a"));
        thrown(UnsupportedOperationException.class, () -> map.values().add(1));
        thrown(UnsupportedOperationException.class, () -> map.entrySet().add(Map.entry("a", 1)));
        holds(map.isEmpty());
    }

    static void iteratorsRemoveWhatTheyReturnedLast(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        for (Collection<?> collection : List.of(map.keySet(), map.values(), map.entrySet())) {
            map.putAll(Map.of("a", 1, "b", 2, "c", 3));
            Iterator<?> iterator = collection.iterator();
            thrown(IllegalStateException.class, iterator::remove);
            for (int left = 2; left >= 0; left--) {
                iterator.next();
                iterator.remove();
                equal(left, map.size());
            }
            thrown(IllegalStateException.class, iterator::remove);
            holdsNot(iterator.hasNext());
            thrown(NoSuchElementException.class, iterator::next);
        }
    }

    static void setValueWritesThrough(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            int before = entry.getValue();
            equal(before, entry.setValue(before * 10));
            equal(before * 10, entry.getValue());
        }
        equal(Map.of("a", 10, "b", 20, "c", 30), map);
    }

    static void setValueDoesNotBringBackARemovedKey(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map.Entry<String, Integer> entry = map.entrySet().iterator().next();
        map.clear();
        entry.setValue(7);
        holds(map.isEmpty());
    }

    static void walksDoNotFailWhileTheMapChanges(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        for (int i = 0; i < 1_000; i++) {
            map.put("k" + i, i);
        }
        int seen = 0;
        for (String key : map.keySet()) {
            map.remove(key);
            map.put("new" + seen++ % 10, 0);
        }
        holds(seen >= 1_000, "every key that was there from the start must be seen");
        map.entrySet().stream().limit(1_000).forEach(entry -> map.put("more" + entry.getKey(), 0));
        map.keySet().stream().forEach(map::remove);
        holds(map.isEmpty());
    }

    /** What nobody touches is seen once by each walk, and what others do may be seen or not. */
    static void aWalkSeesWhatStaysExactlyOnceWhileOthersWrite(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        Map<String, Integer> staying = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            staying.put("stays" + i, i);
        }
        map.putAll(staying);
        AtomicBoolean walked = new AtomicBoolean();
        bed.together(3, thread -> {
            if (thread == 0) {
                walk(map, staying);
                walked.set(true);
            }
            for (int i = 0; !walked.get(); i++) {
                map.put("t" + thread + i % 2_000, i);
                map.remove("t" + thread + (i + 1_000) % 2_000);
            }
            return null;
        });
    }

    private static void walk(GridMap<String, Integer> map, Map<String, Integer> staying) {
        for (int round = 0; round < 50; round++) {
            Set<String> seen = new HashSet<>();
            for (Map.Entry<String, Integer> entry : map.entrySet()) {
                if (staying.containsKey(entry.getKey())) {
                    equal(staying.get(entry.getKey()), entry.getValue());
                    holds(seen.add(entry.getKey()), entry.getKey() + " is seen once");
                }
            }
            equal(staying.size(), seen.size(), "the keys seen of those that stay");
        }
    }
}
