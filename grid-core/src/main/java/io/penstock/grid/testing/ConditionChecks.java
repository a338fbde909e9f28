package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.isNull;

import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.util.List;
import java.util.Map;

/** What is done only if the key has the value that the caller expects. */
final class ConditionChecks {

    /** Two of the same numbers are not equal, but have the same bytes. */
    record Row(String id, double[] numbers, List<int[]> counts) {

        static Row of(double first) {
            return new Row("r", new double[] {first, Double.NaN}, List.of(new int[] {1, 2}, new int[0]));
        }
    }

    private static final MapRef<String, Row> ROWS = MapRef.of("rows", String.class, Row.class);

    private ConditionChecks() {}

    static void removesOnlyTheExpectedValue(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        holdsNot(map.remove("a", 2));
        holdsNot(map.remove("z", 1));
        holdsNot(map.remove("a", null));
        holdsNot(map.remove("a", "1"));
        holds(map.remove("a", 1));
        holdsNot(map.containsKey("a"));
    }

    static void replacesOnlyTheExpectedValue(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        holds(!map.replace("a", 2, 1), "the new value is there already, but was not the expected one");
        holdsNot(map.replace("z", 1, 2));
        holds(map.replace("a", 1, 1));
        holds(map.replace("a", 1, 10));
        equal(10, map.get("a"));
    }

    static void removesARecordOfArraysByItsContent(TestBed bed) {
        GridMap<String, Row> map = bed.open(ROWS, config -> {});
        map.put("a", Row.of(1));
        holdsNot(map.remove("a", Row.of(2)));
        holdsNot(map.remove("a", new Row("r", null, null)));
        holds(map.containsKey("a"));
        holds(map.remove("a", Row.of(1)));
        holdsNot(map.containsKey("a"));
    }

    static void replacesARecordOfArraysByItsContent(TestBed bed) {
        GridMap<String, Row> map = bed.open(ROWS, config -> {});
        map.put("a", Row.of(1));
        holdsNot(map.replace("a", Row.of(2), Row.of(3)));
        equal(1.0, map.get("a").numbers()[0]);
        holds(map.replace("a", Row.of(1), Row.of(3)));
        equal(3.0, map.get("a").numbers()[0]);
        holdsNot(map.replace("b", Row.of(1), Row.of(3)));
        isNull(map.get("b"));
    }

    static void asynchronousConditionsCompareTheContentToo(TestBed bed) throws Exception {
        GridMap<String, Row> map = bed.open(ROWS, config -> {});
        map.putAll(Map.of("a", Row.of(1), "b", Row.of(2)));
        equal(false, bed.join(map.async().replace("a", Row.of(2), Row.of(3))));
        equal(true, bed.join(map.async().replace("a", Row.of(1), Row.of(3))));
        equal(false, bed.join(map.async().remove("b", Row.of(1))));
        equal(true, bed.join(map.async().remove("b", Row.of(2))));
        equal(3.0, map.get("a").numbers()[0]);
        isNull(map.get("b"));
    }

    /** Each of many threads adds 1 again and again by comparing and setting. */
    static void noConditionalReplaceIsLost(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        map.put("a", 0);
        int count = bed.some(1_000);
        bed.together(4, thread -> {
            for (int i = 0; i < count; i++) {
                int seen;
                do {
                    seen = map.get("a");
                } while (!map.replace("a", seen, seen + 1));
            }
            return null;
        });
        equal(4 * count, map.get("a"));
    }

    static void exactlyOneConditionalRemoveWins(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open();
        int keyCount = bed.some(2_000);
        for (int i = 0; i < keyCount; i++) {
            map.put("k" + i, i);
        }
        List<Integer> wins = bed.together(4, thread -> {
            int won = 0;
            for (int i = 0; i < keyCount; i++) {
                won += map.remove("k" + i, i) ? 1 : 0;
            }
            return won;
        });
        equal(keyCount, wins.stream().mapToInt(Integer::intValue).sum());
        holds(map.isEmpty());
    }
}
