package io.penstock.grid;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One operation of a map that was chosen by chance; what it returns, or is refused with, is compared. */
record RandomOperation(int kind, int key, int value, int other, Integer orNull, Duration ttl) {

    static final int KEY_COUNT = 12;
    static final Duration TICK = Duration.ofSeconds(1);

    private static final int VALUE_COUNT = 3;
    private static final int KIND_COUNT = 46;

    static RandomOperation next(Random random) {
        int value = random.nextInt(VALUE_COUNT);
        return new RandomOperation(
                random.nextInt(KIND_COUNT), random.nextInt(KEY_COUNT), value, random.nextInt(VALUE_COUNT),
                random.nextBoolean() ? value : null, TICK.multipliedBy(1 + random.nextInt(4)));
    }

    Object on(GridMap<Integer, Integer> map) {
        try {
            return kind < 16 ? oneKey(map) : kind < 26 ? wholeMap(map) : kind < 40 ? ours(map) : async(map);
        } catch (GridException e) {
            return e.code();
        }
    }

    // Integer.valueOf below keeps the conditional from unboxing a null

    private Object oneKey(Map<Integer, Integer> map) {
        return switch (kind) {
            case 0, 1, 2 -> map.put(key, value);
            case 3 -> map.putIfAbsent(key, value);
            case 4 -> map.remove(key);
            case 5 -> map.remove(key, value);
            case 6 -> map.replace(key, value);
            case 7 -> map.replace(key, value, other);
            case 8 -> map.compute(key, (k, before) -> before == null ? orNull : Integer.valueOf((before + 1) % 3));
            case 9 -> map.compute(key, (k, before) -> orNull);
            case 10 -> map.computeIfAbsent(key, k -> orNull);
            case 11 -> map.computeIfPresent(key, (k, before) -> orNull);
            case 12 -> map.merge(key, value, (before, added) -> (before + added) % 3);
            case 13 -> map.merge(key, value, (before, added) -> orNull);
            case 14 -> map.get(key);
            default -> List.of(
                    map.getOrDefault(key, -1), map.containsKey(key), map.containsValue(value), map.isEmpty());
        };
    }

    private Object wholeMap(Map<Integer, Integer> map) {
        return switch (kind) {
            case 16 -> map.keySet().remove(key);
            case 17 -> map.entrySet().remove(Map.entry(key, value));
            case 18 -> rarely() && map.values().removeIf(v -> v == value);
            case 19 -> rarely() && map.entrySet().removeIf(e -> e.getKey() % 3 == value && e.getValue() == other);
            case 20 -> {
                map.replaceAll((k, before) -> (before + k) % 3);
                yield null;
            }
            case 21 -> setValues(map);
            case 22 -> removeByIterator(map);
            case 23 -> {
                if (rarely()) {
                    map.clear();
                }
                yield new TreeMap<>(map);
            }
            case 24 -> rarely() && map.keySet().retainAll(List.of(1, 2, 3));
            default -> new TreeMap<>(map).toString() + map.hashCode() + map.equals(Map.of(key, value));
        };
    }

    private Object ours(GridMap<Integer, Integer> map) {
        return switch (kind) {
            case 26, 27 -> map.put(key, value, ttl);
            case 28 -> map.putIfAbsent(key, value, ttl);
            case 29 -> String.valueOf(map.timeToLive(key));
            case 30 -> map.update(key, before -> before == null ? orNull : Integer.valueOf((before + 1) % 3));
            case 31 -> map.update(key, before -> orNull);
            case 32 -> map.process(key, putOrRemove());
            case 33 -> map.process(key, entry -> {
                entry.put(value, ttl);
                return entry.value();
            });
            case 34 -> map.processAll(map.keySet().contains(key) ? List.of(key, other) : List.of(), putOrRemove());
            case 35 -> map.processAll(predicate(), entry -> {
                entry.put(other);
                return entry.key();
            });
            case 36 -> map.select(predicate());
            case 37 -> map.count(predicate());
            case 38 -> map.removeAll((k, v) -> k == key && v == value);
            default -> map.getAll(List.of(key, other, value));
        };
    }

    /** Half of them can use the index of the values. */
    private MapPredicate<Integer, Integer> predicate() {
        return key % 2 == 0 ? MapPredicates.equal("this", value) : (k, v) -> v == value;
    }

    private EntryProcessor<Integer, Integer, String> putOrRemove() {
        return entry -> {
            String found = "found " + entry.value();
            if (entry.value() == null || orNull != null) {
                entry.put(value);
            } else {
                entry.remove();
            }
            return found;
        };
    }

    /** The reference does at once what the map does without waiting. */
    private Object async(GridMap<Integer, Integer> map) {
        boolean isReference = map instanceof ReferenceMap;
        return switch (kind) {
            case 40 -> isReference ? map.put(key, value) : await(map, async -> async.put(key, value));
            case 41 -> isReference ? map.remove(key) : await(map, async -> async.remove(key));
            case 42 -> isReference
                    ? map.replace(key, value, other)
                    : await(map, async -> async.replace(key, value, other));
            case 43 -> isReference
                    ? map.process(key, putOrRemove())
                    : await(map, async -> async.process(key, putOrRemove()));
            case 44 -> isReference ? map.put(key, value, ttl) : await(map, async -> async.put(key, value, ttl));
            default -> isReference ? map.get(key) : await(map, async -> async.get(key));
        };
    }

    private static Object await(
            GridMap<Integer, Integer> map,
            Function<AsyncMap<Integer, Integer>, CompletionStage<?>> call) {
        try {
            return call.apply(map.async()).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof GridException refusal ? refusal : e;
        }
    }

    /** Decided by the key, so that both maps decide alike. */
    private boolean rarely() {
        return key == 0;
    }

    private Object setValues(Map<Integer, Integer> map) {
        int sum = 0;
        for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
            if (entry.getKey() >= key) {
                sum += entry.setValue(value);
            }
        }
        return sum;
    }

    private Object removeByIterator(Map<Integer, Integer> map) {
        for (Iterator<Integer> keys = map.keySet().iterator(); keys.hasNext();) {
            if (keys.next() == key) {
                keys.remove();
            }
        }
        return map.size();
    }
}
