package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.EntryProcessor;
import io.penstock.grid.GridMap;
import java.util.List;
import java.util.Map;

/** {@code update}, {@code process} and {@code processAll}. */
final class ProcessorChecks {

    private ProcessorChecks() {}

    static void updateStoresReplacesAndRemoves(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(1, map.update("a", before -> before == null ? 1 : -1));
        equal(2, map.update("a", before -> before + 1));
        equal(Map.of("a", 2), map);
        isNull(map.update("a", before -> null));
        isNull(map.update("z", before -> null));
        holds(map.isEmpty());
    }

    static void anUpdateThatThrowsChangesNothing(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        thrown(ArithmeticException.class, () -> map.update("a", before -> 1 / zero()));
        thrown(ArithmeticException.class, () -> map.update("z", before -> 1 / zero()));
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    static void noUpdateIsLost(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        int count = bed.some(4_000);
        bed.together(4, thread -> {
            for (int i = 0; i < count; i++) {
                if (i % 2 == 0) {
                    map.update("k" + i % 8, before -> before == null ? 1 : before + 1);
                } else {
                    map.process("k" + i % 8, increment());
                }
            }
            return null;
        });
        equal(4 * count, map.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static EntryProcessor<String, Integer, Integer> increment() {
        return entry -> {
            int before = entry.value() == null ? 0 : entry.value();
            entry.put(before + 1);
            return before;
        };
    }

    static void aProcessorIsShownTheEntryAndReturnsWhatItLikes(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal("b is 2", map.process("b", entry -> entry.key() + " is " + entry.value()));
        equal("z is null", map.process("z", entry -> entry.key() + " is " + entry.value()));
        isNull(map.process("a", entry -> null));
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    static void aProcessorStoresReplacesAndRemoves(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(0, map.process("a", increment()));
        equal(1, map.process("a", increment()));
        equal(Map.of("a", 2), map);
        equal("gone", map.process("a", entry -> {
            entry.remove();
            return "gone";
        }));
        equal("gone", map.process("a", entry -> {
            entry.remove();
            return "gone";
        }));
        holds(map.isEmpty());
    }

    static void aProcessorSeesWhatItDid(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal("1 10 null 11", map.process("a", entry -> {
            String seen = entry.value() + " ";
            entry.put(10);
            seen += entry.value() + " ";
            entry.remove();
            seen += entry.value() + " ";
            entry.put(11);
            return seen + entry.value();
        }));
        equal(11, map.get("a"));
        isNull(map.process("z", entry -> {
            entry.put(26);
            entry.remove();
            return entry.value();
        }));
        equal(Map.of("a", 11, "b", 2, "c", 3), map);
    }

    static void aProcessorThatThrowsLeavesTheEntryAsItWas(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        for (String key : List.of("a", "z")) {
            thrown(ArithmeticException.class, () -> map.process(key, entry -> {
                entry.put(10);
                return 1 / zero();
            }));
        }
        thrown(ArithmeticException.class, () -> map.process("b", entry -> {
            entry.remove();
            return 1 / zero();
        }));
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    static void processAllReturnsWhatIsNotNullByKey(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Integer> results = map.processAll(List.of("c", "z", "a"), entry -> {
            Integer before = entry.value();
            entry.put(before == null ? 0 : before * 10);
            return before;
        });
        equal(Map.of("c", 3, "a", 1), results);
        equal(Map.of("a", 10, "b", 2, "c", 30, "z", 0), map);
        equal(Map.of(), map.processAll(List.of(), increment()));
    }

    static void processAllStopsAtTheFirstFailure(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        thrown(ArithmeticException.class, () -> map.processAll(List.of("a", "b", "c"), entry -> {
            entry.put(entry.key().equals("b") ? 1 / zero() : 10);
            return null;
        }));
        equal(Map.of("a", 10, "b", 2, "c", 3), map);
    }

    static void processAllOfAPredicateChoosesPresentEntries(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Integer> results = map.processAll((key, value) -> value >= 2, increment());
        equal(Map.of("b", 2, "c", 3), results);
        equal(Map.of("a", 1, "b", 3, "c", 4), map);
        equal(Map.of(), map.processAll((key, value) -> value >= 3, entry -> {
            entry.remove();
            return null;
        }));
        equal(Map.of("a", 1), map);
    }

    /** The same entries are chosen by several threads, and each is found to be fit once. */
    static void processAllTestsAndProcessesAtomically(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        for (int i = 0; i < 300; i++) {
            map.put("k" + i, 0);
        }
        List<Integer> processed = bed.together(4, thread ->
                map.processAll((key, value) -> value == 0, increment()).size());
        equal(300, processed.stream().mapToInt(Integer::intValue).sum());
        equal(300, map.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static int zero() {
        return 0;
    }
}
