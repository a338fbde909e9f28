package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations do to a grid's map what they do to a small {@link LinkedHashMap} with the same limit. Its local
 * view and a copy that is kept from its changes always have the same entries.
 */
class MapPropertyTest {

    private static final MapRef<Integer, Integer> MAP = MapRef.of("random", Integer.class, Integer.class);
    private static final int MAX_ENTRIES = 6;
    private static final int KEY_COUNT = 12;
    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 20_000 : 200;

    /** An operation that can be done to any map; what it returns is compared. */
    private interface Operation {
        Object on(Map<Integer, Integer> map);
    }

    @ParameterizedTest
    @EnumSource
    void behavesAsTheObviousMap(Eviction eviction) {
        long seed = Seed.of("MapPropertyTest " + eviction);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            int maxEntries = eviction == Eviction.LEAST_USED ? KEY_COUNT : MAX_ENTRIES; // its victims cannot be foretold
            try (Grid grid = Grid.embedded(c -> c.map(MAP, m -> m.maxEntries(maxEntries).eviction(eviction)))) {
                GridMap<Integer, Integer> map = grid.map(MAP);
                Map<Integer, Integer> reference =
                        eviction == Eviction.INSERTION_ORDER ? evicting() : new LinkedHashMap<>();
                LocalView.Reader<Integer, Integer> view = map.localView().reader();
                Changes.Reader<Integer, Integer> changes = map.changes().fromNow();
                Map<Integer, Integer> copy = new HashMap<>();
                for (int step = 0; step < 200; step++) {
                    int kind = random.nextInt(KIND_COUNT);
                    Operation operation = operation(kind, random);
                    String where = "seed " + seed + ", run " + run + ", step " + step + ", operation " + kind;
                    assertEquals(onReference(operation, reference, maxEntries), onMap(operation, map), where);
                    assertEquals(reference, new HashMap<>(map), where);
                    assertEquals(reference.size(), map.entryCount(), where);
                    assertEquals(reference, entriesOf(view), where);
                    follow(changes, copy, where);
                    assertEquals(reference, copy, where);
                }
            }
        }
    }

    private static Map<Integer, Integer> entriesOf(LocalView.Reader<Integer, Integer> view) {
        Map<Integer, Integer> entries = new HashMap<>();
        for (int key = 0; key < KEY_COUNT; key++) {
            Integer value = view.getLong(key);
            if (value != null) {
                entries.put(key, value);
            }
        }
        return entries;
    }

    private static void follow(Changes.Reader<Integer, Integer> changes, Map<Integer, Integer> copy, String where) {
        for (MapChange<Integer, Integer> change = changes.poll(); change != null; change = changes.poll()) {
            Integer before = change.after() == null
                    ? copy.remove(change.key())
                    : copy.put(change.key(), change.after());
            assertEquals(change.before(), before, where);
            boolean isNew = change.kind() == MapChange.Kind.PUT;
            boolean isUpdate = change.kind() == MapChange.Kind.UPDATE;
            assertEquals(change.before() == null, isNew, where);
            assertEquals(change.after() != null, isNew || isUpdate, where);
        }
    }

    private static Object onMap(Operation operation, Map<Integer, Integer> map) {
        try {
            return operation.on(map);
        } catch (GridException e) {
            return e.code();
        }
    }

    /** The reference refuses by going back to what it was. */
    private static Object onReference(Operation operation, Map<Integer, Integer> reference, int maxEntries) {
        Map<Integer, Integer> before = new LinkedHashMap<>(reference);
        Object result = operation.on(reference);
        if (reference.size() <= maxEntries) {
            return result;
        }
        reference.clear();
        reference.putAll(before);
        return GridException.Code.MAP_FULL;
    }

    @SuppressWarnings("serial")
    private static Map<Integer, Integer> evicting() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }

    private static final int KIND_COUNT = 26;

    private static Operation operation(int kind, Random random) {
        int key = random.nextInt(KEY_COUNT);
        int value = random.nextInt(3);
        int other = random.nextInt(3);
        Integer orNull = random.nextBoolean() ? value : null;
        // Integer.valueOf below keeps the conditional from unboxing a null
        return switch (kind) {
            case 0, 1, 2 -> map -> map.put(key, value);
            case 3 -> map -> map.putIfAbsent(key, value);
            case 4 -> map -> map.remove(key);
            case 5 -> map -> map.remove(key, value);
            case 6 -> map -> map.replace(key, value);
            case 7 -> map -> map.replace(key, value, other);
            case 8 -> map -> map.compute(key, (k, before) ->
                    before == null ? orNull : Integer.valueOf((before + 1) % 3));
            case 9 -> map -> map.compute(key, (k, before) -> orNull);
            case 10 -> map -> map.computeIfAbsent(key, k -> orNull);
            case 11 -> map -> map.computeIfPresent(key, (k, before) -> orNull);
            case 12 -> map -> map.merge(key, value, (before, added) -> (before + added) % 3);
            case 13 -> map -> map.merge(key, value, (before, added) -> orNull);
            case 14 -> map -> map.get(key);
            case 15 -> map -> map.getOrDefault(key, -1);
            case 16 -> map -> List.of(map.containsKey(key), map.containsValue(value), map.isEmpty());
            case 17 -> map -> map.keySet().remove(key);
            case 18 -> map -> map.entrySet().remove(Map.entry(key, value));
            case 19 -> map -> rarely(key) && map.values().removeIf(v -> v == value);
            case 20 -> map -> rarely(key)
                    && map.entrySet().removeIf(e -> e.getKey() % 3 == value && e.getValue() == other);
            case 21 -> map -> {
                map.replaceAll((k, before) -> (before + k) % 3);
                return null;
            };
            case 22 -> map -> setValues(map, key, value);
            case 23 -> map -> removeByIterator(map, key);
            case 24 -> map -> {
                if (rarely(key)) {
                    map.clear();
                }
                return new TreeMap<>(map);
            };
            default -> map -> new TreeMap<>(map).toString() + map.hashCode() + map.equals(Map.of(key, value));
        };
    }

    /** Rare, decided by the key, so that both maps decide alike. */
    private static boolean rarely(int key) {
        return key == 0;
    }

    private static Object setValues(Map<Integer, Integer> map, int least, int value) {
        int sum = 0;
        for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
            if (entry.getKey() >= least) {
                sum += entry.setValue(value);
            }
        }
        return sum;
    }

    private static Object removeByIterator(Map<Integer, Integer> map, int key) {
        for (Iterator<Integer> keys = map.keySet().iterator(); keys.hasNext();) {
            if (keys.next() == key) {
                keys.remove();
            }
        }
        return map.size();
    }
}
