package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.allRefused;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.refused;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.EntryProcessor;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.UpdateFunction;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nulls, keys and values of another class, and times to live that are none: refused with a telling message. */
final class WrongUseChecks {

    private static final Duration HOUR = Duration.ofHours(1);

    private WrongUseChecks() {}

    static void nullsAreRefusedByTheMethodsOfTheJdk(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Map<String, Expect.Action> uses = new TreeMap<>();
        uses.put("get: key", () -> map.get(null));
        uses.put("getOrDefault: key", () -> map.getOrDefault(null, 1));
        uses.put("containsKey: key", () -> map.containsKey(null));
        uses.put("containsValue: value", () -> map.containsValue(null));
        uses.put("put: key", () -> map.put(null, 1));
        uses.put("put: value", () -> map.put("a", null));
        uses.put("putIfAbsent: key", () -> map.putIfAbsent(null, 1));
        uses.put("putIfAbsent: value", () -> map.putIfAbsent("a", null));
        uses.put("remove: key", () -> map.remove(null));
        uses.put("remove/2: key", () -> map.remove(null, 1));
        uses.put("replace: key", () -> map.replace(null, 1));
        uses.put("replace: value", () -> map.replace("a", null));
        uses.put("replace/3: key", () -> map.replace(null, 1, 2));
        uses.put("replace/3: expected value", () -> map.replace("a", null, 2));
        uses.put("replace/3: value", () -> map.replace("a", 1, null));
        uses.put("compute: key", () -> map.compute(null, (key, value) -> 1));
        uses.put("compute: function", () -> map.compute("a", null));
        uses.put("computeIfAbsent: key", () -> map.computeIfAbsent(null, key -> 1));
        uses.put("computeIfAbsent: function", () -> map.computeIfAbsent("a", null));
        uses.put("computeIfPresent: key", () -> map.computeIfPresent(null, (key, value) -> 1));
        uses.put("computeIfPresent: function", () -> map.computeIfPresent("a", null));
        uses.put("merge: key", () -> map.merge(null, 1, Integer::sum));
        uses.put("merge: value", () -> map.merge("a", null, Integer::sum));
        uses.put("merge: function", () -> map.merge("a", 1, null));
        uses.put("putAll: entries", () -> map.putAll(null));
        uses.put("putAll: value", () -> map.putAll(Collections.singletonMap("z", null)));
        uses.put("forEach: function", () -> map.forEach(null));
        uses.put("replaceAll: function", () -> map.replaceAll(null));
        uses.put("replaceAll: value", () -> map.replaceAll((key, value) -> null));
        uses.put("setValue: value", () -> map.entrySet().iterator().next().setValue(null));
        areRefused(uses, map);
    }

    static void nullsAreRefusedByTheOtherMethods(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        EntryProcessor<String, Integer, Integer> noProcessor = null;
        UpdateFunction<Integer> noFunction = null;
        MapPredicate<String, Integer> noPredicate = null;
        Map<String, Expect.Action> uses = new TreeMap<>();
        uses.put("getAll: key", () -> map.getAll(Arrays.asList("a", null)));
        uses.put("getAll: keys", () -> map.getAll(null));
        uses.put("select: predicate", () -> map.select(noPredicate));
        uses.put("count: predicate", () -> map.count(noPredicate));
        uses.put("removeAll: predicate", () -> map.removeAll(noPredicate));
        uses.put("put ttl: key", () -> map.put(null, 1, HOUR));
        uses.put("put ttl: value", () -> map.put("a", null, HOUR));
        uses.put("put ttl: ttl", () -> map.put("a", 1, null));
        uses.put("putIfAbsent ttl: key", () -> map.putIfAbsent(null, 1, HOUR));
        uses.put("putIfAbsent ttl: value", () -> map.putIfAbsent("z", null, HOUR));
        uses.put("putIfAbsent ttl: ttl", () -> map.putIfAbsent("z", 1, null));
        uses.put("timeToLive: key", () -> map.timeToLive(null));
        uses.put("update: key", () -> map.update(null, before -> 1));
        uses.put("update: function", () -> map.update("a", noFunction));
        uses.put("process: key", () -> map.process(null, EntryProcessor.Entry::value));
        uses.put("process: processor", () -> map.process("a", noProcessor));
        uses.put("process: value", () -> map.process("a", entry -> {
            entry.put(null);
            return null;
        }));
        uses.put("process: ttl", () -> map.process("a", entry -> {
            entry.put(1, null);
            return null;
        }));
        uses.put("processAll: key", () -> map.processAll(Arrays.asList("a", null), EntryProcessor.Entry::value));
        uses.put("processAll: processor", () -> map.processAll(List.of("a"), noProcessor));
        uses.put("processAll/2: predicate", () -> map.processAll(noPredicate, EntryProcessor.Entry::value));
        uses.put("processAll/2: processor", () -> map.processAll((key, value) -> true, noProcessor));
        uses.put("localView: maxLag", () -> map.localView((Duration) null));
        uses.put("listen: listener", () -> map.listen(null));
        areRefused(uses, map);
    }

    static void nullsAreRefusedAtOnceByAsynchronousMethods(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        EntryProcessor<String, Integer, Integer> noProcessor = null;
        UpdateFunction<Integer> noFunction = null;
        MapPredicate<String, Integer> noPredicate = null;
        Map<String, Expect.Action> uses = new TreeMap<>();
        uses.put("get: key", () -> map.async().get(null));
        uses.put("getAll: key", () -> map.async().getAll(Arrays.asList("a", null)));
        uses.put("put: key", () -> map.async().put(null, 1));
        uses.put("put: value", () -> map.async().put("a", null));
        uses.put("put ttl: ttl", () -> map.async().put("a", 1, null));
        uses.put("putIfAbsent: value", () -> map.async().putIfAbsent("z", null));
        uses.put("replace: value", () -> map.async().replace("a", null));
        uses.put("replace/3: expected value", () -> map.async().replace("a", null, 1));
        uses.put("remove: key", () -> map.async().remove(null));
        uses.put("remove/2: key", () -> map.async().remove(null, 1));
        uses.put("removeAll: predicate", () -> map.async().removeAll(noPredicate));
        uses.put("update: function", () -> map.async().update("a", noFunction));
        uses.put("process: processor", () -> map.async().process("a", noProcessor));
        uses.put("putAll: entries", () -> map.async().putAll(null));
        uses.put("putAll: value", () -> map.async().putAll(Collections.singletonMap("z", null)));
        uses.put("processAll: key", () -> map.async()
                .processAll(Arrays.asList("a", null), EntryProcessor.Entry::value));
        uses.put("processAll/2: predicate", () -> map.async().processAll(noPredicate, EntryProcessor.Entry::value));
        areRefused(uses, map);
    }

    private static void areRefused(Map<String, Expect.Action> uses, GridMap<String, Integer> map) {
        uses.forEach((name, use) -> {
            NullPointerException refusal = thrown(NullPointerException.class, use, name);
            String message = String.valueOf(refusal.getMessage());
            holds(message.startsWith("map 'stock': the "), name + " begins with the map and what is null: " + message);
            holds(message.contains("null"), name + " says null: " + message);
        });
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static void keysOfAnotherClassAreRefusedByEveryWrite(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        GridMap raw = map;
        List<Expect.Action> uses = List.of(
                () -> raw.put(1L, 1),
                () -> raw.put(1L, 1, HOUR),
                () -> raw.putIfAbsent(1L, 1),
                () -> raw.putIfAbsent(1L, 1, HOUR),
                () -> raw.replace(1L, 1),
                () -> raw.replace(1L, 1, 2),
                () -> raw.compute(1L, (key, value) -> 1),
                () -> raw.computeIfAbsent(1L, key -> 1),
                () -> raw.computeIfPresent(1L, (key, value) -> 1),
                () -> raw.merge(1L, 1, (before, value) -> 1),
                () -> raw.putAll(Map.of(1L, 1)),
                () -> raw.update(1L, before -> 1),
                () -> raw.process(1L, entry -> 1),
                () -> raw.processAll(List.of(1L), entry -> 1),
                () -> raw.async().put(1L, 1),
                () -> raw.async().process(1L, entry -> 1));
        allRefused(Code.BAD_KEY, uses, "map 'stock'", "java.lang.String", "java.lang.Long", "cast");
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static void valuesOfAnotherClassAreRefusedByEveryWriteAndNotShown(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        GridMap raw = map;
        List<Expect.Action> uses = List.of(
                () -> raw.put("a", "secret"),
                () -> raw.put("a", "secret", HOUR),
                () -> raw.putIfAbsent("a", "secret"),
                () -> raw.putIfAbsent("z", "secret", HOUR),
                () -> raw.replace("a", "secret"),
                () -> raw.replace("a", 1, "secret"),
                () -> raw.putAll(Map.of("a", "secret")),
                () -> raw.compute("a", (key, value) -> "secret"),
                () -> raw.computeIfAbsent("z", key -> "secret"),
                () -> raw.computeIfPresent("a", (key, value) -> "secret"),
                () -> raw.merge("a", 1, (before, value) -> "secret"),
                () -> raw.merge("z", "secret", (before, value) -> 1),
                () -> raw.update("a", before -> "secret"),
                () -> raw.process("a", secretive()),
                () -> raw.processAll(List.of("a"), secretive()),
                () -> raw.processAll((MapPredicate) (key, value) -> true, secretive()),
                () -> raw.async().put("a", "secret"),
                () -> raw.replaceAll((key, value) -> "secret"),
                () -> ((Map.Entry) raw.entrySet().iterator().next()).setValue("secret"));
        for (Expect.Action use : uses) {
            String message = refused(
                    Code.BAD_VALUE, use, "map 'stock'", "java.lang.Integer", "java.lang.String", "cast").getMessage();
            holds(!message.contains("secret"), "no content in the message: " + message);
        }
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static EntryProcessor secretive() {
        return entry -> {
            entry.put("secret");
            return null;
        };
    }

    static void aTimeToLiveMustBeAboveZero(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            List<Expect.Action> uses = List.of(
                    () -> map.put("a", 2, ttl),
                    () -> map.putIfAbsent("z", 2, ttl),
                    () -> map.async().put("a", 2, ttl),
                    () -> map.process("a", entry -> {
                        entry.put(2, ttl);
                        return null;
                    }));
            for (Expect.Action use : uses) {
                String message = thrown(IllegalArgumentException.class, use, ttl.toString()).getMessage();
                holds(message.contains("map 'stock'") && message.contains(ttl.toString()), message);
            }
        }
        equal(Map.of("a", 1, "b", 2, "c", 3), map);
    }
}
