package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every {@link GridMap} does, wherever its entries live. */
abstract class GridMapContract {

    static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private final List<Grid> opened = new ArrayList<>();

    /** Opens a grid of the kind under test. */
    abstract Grid openGrid(Consumer<GridConfig> settings);

    @AfterEach
    void closeGrids() {
        opened.forEach(Grid::close);
    }

    final GridMap<String, Integer> open(Consumer<MapConfig> settings) {
        Grid grid = openGrid(config -> config.map(STOCK, settings));
        opened.add(grid);
        return grid.map(STOCK);
    }

    final GridMap<String, Integer> open() {
        return open(config -> {});
    }

    final GridMap<String, Integer> openWithAbc() {
        GridMap<String, Integer> map = open();
        map.putAll(Map.of("a", 1, "b", 2, "c", 3));
        return map;
    }

    final void closeItsGrid() {
        opened.get(opened.size() - 1).close();
    }

    // ---- single keys

    @Test
    void knowsItsRef() {
        assertEquals(STOCK, open().ref());
    }

    @Test
    void putReturnsThePreviousValue() {
        GridMap<String, Integer> map = open();
        assertNull(map.put("a", 1));
        assertEquals(1, map.put("a", 2));
        assertEquals(2, map.get("a"));
        assertEquals(1, map.entryCount());
    }

    @Test
    void absentKeyHasNoValue() {
        GridMap<String, Integer> map = openWithAbc();
        assertNull(map.get("z"));
        assertFalse(map.containsKey("z"));
        assertFalse(map.containsValue(26));
        assertEquals(26, map.getOrDefault("z", 26));
        assertNull(map.getOrDefault("z", null));
        assertNull(map.remove("z"));
    }

    @Test
    void presentKeyHasItsValue() {
        GridMap<String, Integer> map = openWithAbc();
        assertEquals(3, map.get("c"));
        assertTrue(map.containsKey("c"));
        assertTrue(map.containsValue(3));
        assertEquals(3, map.getOrDefault("c", 26));
        assertEquals(3, map.remove("c"));
        assertFalse(map.containsKey("c"));
    }

    @Test
    @SuppressWarnings("unlikely-arg-type")
    void keyOfAnotherClassIsAbsentWhenRead() {
        GridMap<String, Integer> map = openWithAbc();
        assertNull(map.get(1));
        assertNull(map.remove((Object) 1));
        assertFalse(map.containsKey(1));
        assertFalse(map.containsValue("a"));
        assertFalse(map.keySet().contains(1));
    }

    @Test
    void putIfAbsentKeepsThePresentValue() {
        GridMap<String, Integer> map = open();
        assertNull(map.putIfAbsent("a", 1));
        assertEquals(1, map.putIfAbsent("a", 2));
        assertEquals(1, map.get("a"));
    }

    @Test
    void removesOnlyTheExpectedValue() {
        GridMap<String, Integer> map = openWithAbc();
        assertFalse(map.remove("a", 2));
        assertFalse(map.remove("z", 1));
        assertFalse(map.remove("a", null));
        assertTrue(map.remove("a", 1));
        assertFalse(map.containsKey("a"));
    }

    @Test
    void replacesOnlyWhatIsPresent() {
        GridMap<String, Integer> map = openWithAbc();
        assertEquals(1, map.replace("a", 10));
        assertNull(map.replace("z", 26));
        assertFalse(map.containsKey("z"));
        assertEquals(10, map.get("a"));
    }

    @Test
    void replacesOnlyTheExpectedValue() {
        GridMap<String, Integer> map = openWithAbc();
        assertFalse(map.replace("a", 2, 1), "the new value is there already, but was not the expected one");
        assertFalse(map.replace("z", 1, 2));
        assertTrue(map.replace("a", 1, 1));
        assertTrue(map.replace("a", 1, 10));
        assertEquals(10, map.get("a"));
    }

    @Test
    void computeStoresReplacesAndRemoves() {
        GridMap<String, Integer> map = open();
        assertEquals(1, map.compute("a", (key, value) -> value == null ? 1 : -1));
        assertEquals(2, map.compute("a", (key, value) -> value + 1));
        assertNull(map.compute("a", (key, value) -> null));
        assertNull(map.compute("z", (key, value) -> null));
        assertTrue(map.isEmpty());
    }

    @Test
    void computeIfAbsentCallsTheFunctionOnlyForAbsentKeys() {
        GridMap<String, Integer> map = open();
        assertEquals(1, map.computeIfAbsent("a", String::length));
        assertEquals(1, map.computeIfAbsent("a", key -> fail("called for a present key")));
        assertNull(map.computeIfAbsent("z", key -> null));
        assertEquals(Map.of("a", 1), map);
    }

    @Test
    void computeIfPresentCallsTheFunctionOnlyForPresentKeys() {
        GridMap<String, Integer> map = openWithAbc();
        assertEquals(2, map.computeIfPresent("a", (key, value) -> value + 1));
        assertNull(map.computeIfPresent("b", (key, value) -> null));
        assertNull(map.computeIfPresent("z", (key, value) -> fail("called for an absent key")));
        assertEquals(Map.of("a", 2, "c", 3), map);
    }

    @Test
    void mergeStoresCombinesAndRemoves() {
        GridMap<String, Integer> map = open();
        assertEquals(1, map.merge("a", 1, Integer::sum));
        assertEquals(6, map.merge("a", 5, Integer::sum));
        assertNull(map.merge("a", 1, (before, value) -> null));
        assertTrue(map.isEmpty());
    }

    @Test
    void functionThatThrowsChangesNothing() {
        GridMap<String, Integer> map = openWithAbc();
        for (String key : List.of("a", "z")) {
            assertThrows(ArithmeticException.class, () -> map.compute(key, (k, value) -> 1 / zero()));
            assertThrows(ArithmeticException.class, () -> map.merge("a", 1, (before, value) -> 1 / zero()));
        }
        assertThrows(ArithmeticException.class, () -> map.computeIfAbsent("z", key -> 1 / zero()));
        assertThrows(ArithmeticException.class, () -> map.computeIfPresent("a", (key, value) -> 1 / zero()));
        assertEquals(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    // ---- many keys

    @Test
    void getAllCopiesThePresentKeysInTheirOrder() {
        GridMap<String, Integer> map = openWithAbc();
        Map<String, Integer> found = map.getAll(List.of("c", "z", "a"));
        assertEquals(List.of("c", "a"), List.copyOf(found.keySet()));
        assertEquals(Map.of("a", 1, "c", 3), found);
        found.put("b", 20);
        assertEquals(2, map.get("b"));
    }

    @Test
    void countsItsEntries() {
        GridMap<String, Integer> map = open();
        assertTrue(map.isEmpty());
        map.putAll(Map.of("a", 1, "b", 2));
        assertEquals(2, map.size());
        assertEquals(2, map.entryCount());
        assertFalse(map.isEmpty());
        map.clear();
        assertEquals(0, map.entryCount());
        assertTrue(map.isEmpty());
    }

    @Test
    void forEachVisitsAllAndReplaceAllChangesAll() {
        GridMap<String, Integer> map = openWithAbc();
        map.replaceAll((key, value) -> value * 10);
        Map<String, Integer> visited = new HashMap<>();
        map.forEach(visited::put);
        assertEquals(Map.of("a", 10, "b", 20, "c", 30), visited);
    }

    @Test
    void equalsAndHashesAsAnyMap() {
        GridMap<String, Integer> map = openWithAbc();
        Map<String, Integer> same = new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
        assertEquals(map, map);
        assertEquals(same, map);
        assertEquals(map, same);
        assertEquals(same.hashCode(), map.hashCode());
        same.put("c", 4);
        assertNotEquals(map, same);
        assertNotEquals(map, Map.of("a", 1));
        assertNotEquals(map, List.of());
    }

    @Test
    void differsFromMapsThatCouldNotBeIts() {
        GridMap<String, Integer> map = openWithAbc();
        Map<Object, Object> withNulls = new HashMap<>(Map.of("a", 1, "b", 2));
        withNulls.put(null, null);
        assertNotEquals(withNulls, map);
        assertNotEquals(map, withNulls);
        assertNotEquals(Map.of(1, "a", 2, "b", 3, "c"), map);
        assertNotEquals(map, new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c")));
    }

    @Test
    void printsAsAnyMap() {
        GridMap<String, Integer> map = open();
        assertEquals("{}", map.toString());
        map.put("a", 1);
        assertEquals("{a=1}", map.toString());
    }

    // ---- views

    @Test
    void viewsShowTheMap() {
        GridMap<String, Integer> map = openWithAbc();
        assertEquals(Set.of("a", "b", "c"), map.keySet());
        assertEquals(new TreeSet<>(List.of(1, 2, 3)), new TreeSet<>(map.values()));
        assertEquals(Map.of("a", 1, "b", 2, "c", 3).entrySet(), map.entrySet());
        assertEquals(Map.of("a", 1, "b", 2, "c", 3).entrySet().hashCode(), map.entrySet().hashCode());
        assertEquals(3, map.values().size());
        assertTrue(map.keySet().contains("a"));
        assertTrue(map.values().contains(3));
        assertTrue(map.entrySet().contains(Map.entry("a", 1)));
        assertFalse(map.entrySet().contains(Map.entry("a", 2)));
        assertFalse(map.entrySet().contains((Object) "a"));
        assertEquals(6, map.values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(3, map.entrySet().toArray().length);
    }

    @Test
    void viewsSeeLaterChanges() {
        GridMap<String, Integer> map = open();
        Set<String> keys = map.keySet();
        Collection<Integer> values = map.values();
        Set<Map.Entry<String, Integer>> entries = map.entrySet();
        map.put("a", 1);
        assertEquals(Set.of("a"), keys);
        assertEquals(List.of(1), List.copyOf(values));
        assertEquals(Set.of(Map.entry("a", 1)), entries);
    }

    @Test
    void removalsFromViewsWriteThrough() {
        GridMap<String, Integer> map = open();
        for (int i = 0; i < 20; i++) {
            map.put("k" + i, i);
        }
        assertTrue(map.keySet().remove("k0"));
        assertFalse(map.keySet().remove("k0"));
        assertTrue(map.values().remove(1));
        assertFalse(map.entrySet().remove(Map.entry("k2", 3)));
        assertTrue(map.entrySet().remove(Map.entry("k2", 2)));
        assertTrue(map.keySet().removeIf(key -> key.length() == 2));
        assertTrue(map.values().removeIf(value -> value < 12));
        assertFalse(map.values().removeIf(value -> value < 12));
        assertTrue(map.entrySet().removeIf(entry -> entry.getValue() > 17));
        assertTrue(map.keySet().removeAll(Set.of("k12", "k13")));
        assertTrue(map.keySet().retainAll(Set.of("k14", "k15", "k16")));
        assertEquals(Map.of("k14", 14, "k15", 15, "k16", 16), map);
        map.keySet().clear();
        assertTrue(map.isEmpty());
    }

    @Test
    void viewsAddNothing() {
        GridMap<String, Integer> map = open();
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().add("a"));
        assertThrows(UnsupportedOperationException.class, () -> map.values().add(1));
        assertThrows(UnsupportedOperationException.class, () -> map.entrySet().add(Map.entry("a", 1)));
    }

    @Test
    void iteratorsRemoveWhatTheyReturnedLast() {
        for (boolean byKey : new boolean[] {true, false}) {
            GridMap<String, Integer> map = openWithAbc();
            Iterator<?> iterator = byKey ? map.keySet().iterator() : map.values().iterator();
            assertThrows(IllegalStateException.class, iterator::remove);
            for (int left = 2; left >= 0; left--) {
                iterator.next();
                iterator.remove();
                assertEquals(left, map.size());
            }
            assertThrows(IllegalStateException.class, iterator::remove);
            assertFalse(iterator.hasNext());
            assertThrows(NoSuchElementException.class, iterator::next);
        }
    }

    @Test
    void setValueWritesThrough() {
        GridMap<String, Integer> map = openWithAbc();
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            int before = entry.getValue();
            assertEquals(before, entry.setValue(before * 10));
            assertEquals(before * 10, entry.getValue());
        }
        assertEquals(Map.of("a", 10, "b", 20, "c", 30), map);
    }

    @Test
    void setValueDoesNotBringBackARemovedKey() {
        GridMap<String, Integer> map = openWithAbc();
        Map.Entry<String, Integer> entry = map.entrySet().iterator().next();
        map.clear();
        entry.setValue(7);
        assertTrue(map.isEmpty());
    }

    @Test
    void walksDoNotFailWhileTheMapChanges() {
        GridMap<String, Integer> map = open();
        for (int i = 0; i < 1000; i++) {
            map.put("k" + i, i);
        }
        int seen = 0;
        for (String key : map.keySet()) {
            map.remove(key);
            map.put("new" + seen++ % 10, 0);
        }
        assertTrue(seen >= 1000, "every key that was there from the start must be seen");
        map.entrySet().stream().limit(1000).forEach(entry -> map.put("more" + entry.getKey(), 0));
        map.keySet().stream().forEach(map::remove);
        assertTrue(map.isEmpty());
    }

    // ---- limits

    @Test
    void refusesANewKeyWhenFull() {
        GridMap<String, Integer> map = open(config -> config.maxEntries(2));
        map.putAll(Map.of("a", 1, "b", 2));
        List<Executable> insertions = List.of(
                () -> map.put("c", 3),
                () -> map.putIfAbsent("c", 3),
                () -> map.compute("c", (key, value) -> 3),
                () -> map.computeIfAbsent("c", key -> 3),
                () -> map.merge("c", 3, Integer::sum),
                () -> map.putAll(Map.of("c", 3)));
        for (Executable insertion : insertions) {
            Refused.with(Code.MAP_FULL, insertion, "map 'stock'", "2 entries", "raise maxEntries");
            assertEquals(Map.of("a", 1, "b", 2), map);
        }
    }

    @Test
    void fullMapStillChangesItsKeysAndTakesNewOnesAfterARemoval() {
        GridMap<String, Integer> map = open(config -> config.maxEntries(2));
        map.putAll(Map.of("a", 1, "b", 2));
        map.put("a", 10);
        map.merge("b", 1, Integer::sum);
        assertEquals(Map.of("a", 10, "b", 3), map);
        List<Consumer<String>> removals = List.of(
                map::remove,
                key -> map.remove(key, map.get(key)),
                key -> map.compute(key, (k, value) -> null),
                key -> map.computeIfPresent(key, (k, value) -> null),
                key -> map.merge(key, 0, (before, value) -> null),
                key -> map.keySet().remove(key),
                key -> map.values().removeIf(value -> value.equals(map.get(key))),
                key -> map.entrySet().removeIf(entry -> entry.getKey().equals(key)));
        for (Consumer<String> removal : removals) {
            removal.accept("a");
            map.put("c", 99);
            Refused.with(Code.MAP_FULL, () -> map.put("d", 4));
            map.remove("c");
            map.put("a", 10);
        }
        map.clear();
        map.putAll(Map.of("x", 1, "y", 2));
        Refused.with(Code.MAP_FULL, () -> map.put("z", 3));
    }

    @Test
    void evictsTheFirstInserted() {
        GridMap<String, Integer> map = open(config -> config.maxEntries(2).eviction(Eviction.INSERTION_ORDER));
        map.put("a", 1);
        map.put("b", 2);
        map.put("a", 10);
        assertNull(map.put("c", 3));
        assertEquals(Map.of("b", 2, "c", 3), map, "a new value for a present key must not make it younger");
        map.remove("b");
        map.put("b", 20);
        map.put("d", 4);
        assertEquals(Map.of("b", 20, "d", 4), map, "a key that was removed and put again is as young as any new key");
    }

    @Test
    void everyKindOfInsertionEvicts() {
        GridMap<String, Integer> map = open(config -> config.maxEntries(1).eviction(Eviction.INSERTION_ORDER));
        map.put("a", 1);
        assertNull(map.putIfAbsent("b", 2));
        assertEquals(Map.of("b", 2), map);
        assertEquals(3, map.compute("c", (key, value) -> 3));
        assertEquals(Map.of("c", 3), map);
        assertEquals(4, map.computeIfAbsent("d", key -> 4));
        assertEquals(Map.of("d", 4), map);
        assertEquals(5, map.merge("e", 5, Integer::sum));
        assertEquals(Map.of("e", 5), map);
    }

    // ---- wrong use

    @Test
    void refusesNullsWithATellingMessage() {
        GridMap<String, Integer> map = openWithAbc();
        Map<String, Executable> uses = new TreeMap<>();
        uses.put("get: key", () -> map.get(null));
        uses.put("getOrDefault: key", () -> map.getOrDefault(null, 1));
        uses.put("getAll: key", () -> map.getAll(Arrays.asList("a", null)));
        uses.put("getAll: keys", () -> map.getAll(null));
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
        uses.put("forEach: function", () -> map.forEach(null));
        uses.put("replaceAll: function", () -> map.replaceAll(null));
        uses.put("replaceAll: value", () -> map.replaceAll((key, value) -> null));
        uses.put("setValue: value", () -> map.entrySet().iterator().next().setValue(null));
        uses.forEach((name, use) -> {
            NullPointerException refusal = assertThrows(NullPointerException.class, use, name);
            assertTrue(refusal.getMessage().startsWith("map 'stock': the "), name + ": " + refusal.getMessage());
            assertTrue(refusal.getMessage().contains("null"), name + ": " + refusal.getMessage());
        });
        assertEquals(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesKeysAndValuesOfAnotherClass() {
        GridMap<String, Integer> map = openWithAbc();
        Map raw = map;
        List<Executable> badKeys = List.of(
                () -> raw.put(1L, 1),
                () -> raw.putIfAbsent(1L, 1),
                () -> raw.replace(1L, 1),
                () -> raw.replace(1L, 1, 2),
                () -> raw.compute(1L, (key, value) -> 1),
                () -> raw.computeIfAbsent(1L, key -> 1),
                () -> raw.computeIfPresent(1L, (key, value) -> 1),
                () -> raw.merge(1L, 1, (before, value) -> 1),
                () -> raw.putAll(Map.of(1L, 1)));
        for (Executable use : badKeys) {
            Refused.with(Code.BAD_KEY, use, "map 'stock'", "java.lang.String", "java.lang.Long", "cast");
        }
        List<Executable> badValues = List.of(
                () -> raw.put("a", "secret"),
                () -> raw.putIfAbsent("a", "secret"),
                () -> raw.replace("a", "secret"),
                () -> raw.replace("a", 1, "secret"),
                () -> raw.compute("a", (key, value) -> "secret"),
                () -> raw.computeIfAbsent("z", key -> "secret"),
                () -> raw.computeIfPresent("a", (key, value) -> "secret"),
                () -> raw.merge("a", 1, (before, value) -> "secret"),
                () -> raw.merge("z", "secret", (before, value) -> 1),
                () -> raw.replaceAll((key, value) -> "secret"),
                () -> ((Map.Entry) raw.entrySet().iterator().next()).setValue("secret"));
        for (Executable use : badValues) {
            Refused.with(Code.BAD_VALUE, use, "map 'stock'", "java.lang.Integer", "java.lang.String", "cast");
            assertFalse(assertThrows(GridException.class, use).getMessage().contains("secret"));
        }
        assertEquals(Map.of("a", 1, "b", 2, "c", 3), map);
    }

    @Test
    void refusesEveryOperationAfterItsGridWasClosed() {
        GridMap<String, Integer> map = openWithAbc();
        Set<String> keys = map.keySet();
        Collection<Integer> values = map.values();
        Set<Map.Entry<String, Integer>> entries = map.entrySet();
        Iterator<String> iterator = keys.iterator();
        iterator.next();
        Map.Entry<String, Integer> entry = entries.iterator().next();
        closeItsGrid();
        List<Executable> uses = List.of(
                () -> map.get("a"), () -> map.getOrDefault("a", 1), () -> map.getAll(List.of()),
                () -> map.containsKey("a"), () -> map.containsValue(1), () -> map.entryCount(), () -> map.size(),
                () -> map.isEmpty(), () -> map.forEach((key, value) -> {}), () -> map.put("a", 1),
                () -> map.putIfAbsent("a", 1), () -> map.putAll(Map.of("a", 1)), () -> map.remove("a"),
                () -> map.remove("a", 1), () -> map.replace("a", 1), () -> map.replace("a", 1, 2),
                () -> map.compute("a", (key, value) -> 1), () -> map.computeIfAbsent("a", key -> 1),
                () -> map.computeIfPresent("a", (key, value) -> 1), () -> map.merge("a", 1, Integer::sum),
                () -> map.replaceAll((key, value) -> value), map::clear, map::keySet, map::values, map::entrySet,
                map::localView, map::changes,
                () -> map.equals(Map.of("a", 1)), map::hashCode,
                keys::size, keys::iterator, () -> keys.contains("a"), () -> keys.remove("a"), keys::clear,
                values::size, values::iterator, () -> values.contains(1), () -> values.remove(1), values::clear,
                entries::size, entries::iterator, () -> entries.contains(entry), () -> entries.remove(entry),
                () -> entries.contains((Object) "a"), () -> entries.removeIf(e -> true), entries::clear,
                iterator::hasNext, iterator::next, iterator::remove, () -> entry.setValue(2));
        for (int i = 0; i < uses.size(); i++) {
            Refused.with(Code.CLOSED, uses.get(i), "map 'stock'", "closed", "open another grid");
        }
        assertEquals(STOCK, map.ref());
        assertEquals("map 'stock' (String -> Integer), closed", map.toString());
    }

    @Test
    void mapsOfDifferentGridsShareNothing() {
        GridMap<String, Integer> one = openWithAbc();
        GridMap<String, Integer> other = open();
        assertNotSame(one, other);
        assertTrue(other.isEmpty());
        closeItsGrid();
        assertEquals(1, one.get("a"));
    }

    private static Integer fail(String claim) {
        throw new AssertionError(claim);
    }

    private static int zero() {
        return 0;
    }
}
