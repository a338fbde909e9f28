package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.GridMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code compute} and its kin. */
final class FunctionChecks {

    private FunctionChecks() {}

    static void computeStoresReplacesAndRemoves(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(1, map.compute("a", (key, value) -> value == null ? 1 : -1));
        equal(2, map.compute("a", (key, value) -> value + 1));
        isNull(map.compute("a", (key, value) -> null));
        isNull(map.compute("z", (key, value) -> null));
        holds(map.isEmpty());
    }

    static void computeIfAbsentCallsTheFunctionOnlyForAbsentKeys(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(1, map.computeIfAbsent("a", String::length));
        equal(1, map.computeIfAbsent("a", key -> fail("called for a present key")));
        isNull(map.computeIfAbsent("z", key -> null));
        equal(Map.of("a", 1), map);
    }

    static void computeIfPresentCallsTheFunctionOnlyForPresentKeys(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(2, map.computeIfPresent("a", (key, value) -> value + 1));
        isNull(map.computeIfPresent("b", (key, value) -> null));
        isNull(map.computeIfPresent("z", (key, value) -> fail("called for an absent key")));
        equal(Map.of("a", 2, "c", 3), map);
    }

    static void mergeStoresCombinesAndRemoves(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(1, map.merge("a", 1, (before, value) -> fail("called for an absent key")));
        equal(6, map.merge("a", 5, Integer::sum));
        isNull(map.merge("a", 1, (before, value) -> null));
        holds(map.isEmpty());
    }

    static void aFunctionIsGivenTheKeyOfTheMap(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        equal(11, map.compute("b", (key, value) -> key.equals("b") && value == 2 ? 11 : -1));
        equal(12, map.computeIfPresent("c", (key, value) -> key.equals("c") && value == 3 ? 12 : -1));
        equal(13, map.computeIfAbsent("d", key -> key.equals("d") ? 13 : -1));
    }

    static void aFunctionThatThrowsChangesNothing(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        for (String key : List.of("a", "z")) {
            thrown(ArithmeticException.class, () -> map.compute(key, (k, value) -> 1 / zero()));
        }
        thrown(ArithmeticException.class, () -> map.merge("a", 1, (before, value) -> 1 / zero()));
        thrown(ArithmeticException.class, () -> map.computeIfAbsent("z", key -> 1 / zero()));
        thrown(ArithmeticException.class, () -> map.computeIfPresent("a", (key, value) -> 1 / zero()));
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    static void noMergeIsLost(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        int rounds = bed.some(500);
        bed.together(4, thread -> {
            for (int i = 0; i < 8 * rounds; i++) {
                map.merge("k" + i % 8, 1, Integer::sum);
            }
            return null;
        });
        for (int i = 0; i < 8; i++) {
            equal(4 * rounds, map.get("k" + i));
        }
    }

    static void noComputeIsLostWhileKeysComeAndGo(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        List<Integer> balances = bed.together(4, thread -> {
            int balance = 0;
            for (int i = 0; i < bed.some(4_000); i++) {
                Integer after = map.compute("k" + i % 3, (key, value) -> value == null ? Integer.valueOf(1) : null);
                balance += after == null ? -1 : 1;
            }
            return balance;
        });
        equal(balances.stream().mapToInt(Integer::intValue).sum(), map.size());
    }

    static void exactlyOnePutIfAbsentWins(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        int keyCount = bed.some(2_000);
        List<Integer> wins = bed.together(4, thread -> {
            int won = 0;
            for (int i = 0; i < keyCount; i++) {
                won += map.putIfAbsent("k" + i, thread) == null ? 1 : 0;
            }
            return won;
        });
        equal(keyCount, wins.stream().mapToInt(Integer::intValue).sum());
        equal(keyCount, map.size());
    }

    static void allThreadsGetTheOneValueOfComputeIfAbsent(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        List<List<Integer>> found = bed.together(4, thread -> IntStream.range(0, bed.some(1_000))
                .mapToObj(i -> map.computeIfAbsent("k" + i, key -> thread)).toList());
        for (List<Integer> ofOneThread : found) {
            equal(found.get(0), ofOneThread);
        }
    }

    private static Integer fail(String claim) {
        throw new AssertionError(claim);
    }

    private static int zero() {
        return 0;
    }
}
