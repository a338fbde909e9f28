package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads at one map. */
class MapRaceTest {

    private static final MapRef<Integer, Long> MAP = MapRef.of("raced", Integer.class, Long.class);
    private static final int THREADS = 6;

    private Grid grid;

    private GridMap<Integer, Long> open(long maxEntries, Eviction eviction) {
        grid = Grid.embedded(config -> config.map(MAP, map -> map.maxEntries(maxEntries).eviction(eviction)));
        return grid.map(MAP);
    }

    @AfterEach
    void close() {
        grid.close();
    }

    @ParameterizedTest
    @EnumSource
    void noMergeIsLost(Eviction eviction) throws Exception {
        GridMap<Integer, Long> map = open(64, eviction);
        Race.run(THREADS, thread -> {
            for (int i = 0; i < 50_000; i++) {
                map.merge(i % 64, 1L, Long::sum);
            }
            return null;
        });
        assertEquals(THREADS * 50_000L, map.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(64, map.entryCount());
    }

    @Test
    void noConditionalReplaceIsLost() throws Exception {
        GridMap<Integer, Long> map = open(1, Eviction.NONE);
        map.put(0, 0L);
        Race.run(THREADS, thread -> {
            for (int i = 0; i < 5_000; i++) {
                long seen;
                do {
                    seen = map.get(0);
                } while (!map.replace(0, seen, seen + 1));
            }
            return null;
        });
        assertEquals(THREADS * 5_000L, map.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void exactlyOnePutIfAbsentWins(Eviction eviction) throws Exception {
        GridMap<Integer, Long> map = open(20_000, eviction);
        List<Integer> wins = Race.run(THREADS, thread -> {
            int won = 0;
            for (int key = 0; key < 20_000; key++) {
                won += map.putIfAbsent(key, (long) thread) == null ? 1 : 0;
            }
            return won;
        });
        assertEquals(20_000, wins.stream().mapToInt(Integer::intValue).sum());
        assertEquals(20_000, map.entryCount());
    }

    @Test
    void exactlyOneRemoveWins() throws Exception {
        GridMap<Integer, Long> map = open(20_000, Eviction.NONE);
        for (int key = 0; key < 20_000; key++) {
            map.put(key, 0L);
        }
        List<Integer> wins = Race.run(THREADS, thread -> {
            int won = 0;
            for (int key = 0; key < 20_000; key++) {
                won += (key % 2 == 0 ? map.remove(key) != null : map.remove(key, 0L)) ? 1 : 0;
            }
            return won;
        });
        assertEquals(20_000, wins.stream().mapToInt(Integer::intValue).sum());
        assertTrue(map.isEmpty());
    }

    @Test
    void computeIfAbsentMakesEachValueOnce() throws Exception {
        GridMap<Integer, Long> map = open(5_000, Eviction.NONE);
        AtomicLong made = new AtomicLong();
        Race.run(THREADS, thread -> {
            for (int key = 0; key < 5_000; key++) {
                map.computeIfAbsent(key, k -> made.incrementAndGet());
            }
            return null;
        });
        assertEquals(5_000, made.get());
    }

    @Test
    void takesExactlyItsMaximumAndRefusesTheRest() throws Exception {
        GridMap<Integer, Long> map = open(1_000, Eviction.NONE);
        List<Integer> stored = Race.run(THREADS, thread -> {
            int count = 0;
            for (int i = 0; i < 1_000; i++) {
                try {
                    map.put(thread * 1_000 + i, 0L);
                    count++;
                } catch (GridException e) {
                    assertEquals(GridException.Code.MAP_FULL, e.code());
                }
            }
            return count;
        });
        assertEquals(1_000, stored.stream().mapToInt(Integer::intValue).sum());
        assertEquals(1_000, map.entryCount());
    }

    /** Two threads start each round within nanoseconds of each other, so that they meet inside the limit. */
    @Test
    void givesTheLastPlaceToOneOfTwo() throws Exception {
        int rounds = 20_000;
        GridMap<Integer, Long> map = open(rounds, Eviction.NONE);
        for (int key = 1; key < rounds; key++) {
            map.put(-key, 0L);
        }
        AtomicInteger arrived = new AtomicInteger();
        List<Integer> stored = Race.run(2, thread -> {
            int count = 0;
            for (int round = 0; round < rounds; round++) {
                meet(arrived, 4 * round + 2);
                boolean won = putIfRoom(map, thread);
                count += won ? 1 : 0;
                meet(arrived, 4 * round + 4);
                if (won) {
                    map.remove(thread);
                }
            }
            return count;
        });
        assertEquals(rounds, stored.get(0) + stored.get(1));
    }

    private static void meet(AtomicInteger arrived, int expected) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < expected; spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the other one may need this core
            }
        }
    }

    private static boolean putIfRoom(GridMap<Integer, Long> map, int key) {
        try {
            map.put(key, 0L);
            return true;
        } catch (GridException e) {
            assertEquals(GridException.Code.MAP_FULL, e.code());
            return false;
        }
    }

    /** Each thread counts what it surely holds: after the put, until before the remove. */
    @Test
    void neverHoldsMoreThanItsMaximumWhileEntriesComeAndGo() throws Exception {
        GridMap<Integer, Long> map = open(THREADS - 2, Eviction.NONE);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Race.run(THREADS, thread -> {
            for (int i = 0; i < 50_000; i++) {
                try {
                    map.put(thread, 0L);
                } catch (GridException e) {
                    refused.incrementAndGet();
                    continue;
                }
                int now = held.incrementAndGet();
                assertTrue(now <= THREADS - 2, () -> now + " entries held at once");
                held.decrementAndGet();
                map.remove(thread);
            }
            return null;
        });
        assertEquals(0, map.entryCount());
        for (int key = 0; key < THREADS - 2; key++) {
            map.put(key, 0L);
        }
        Refused.with(GridException.Code.MAP_FULL, () -> map.put(-1, 0L));
    }

    @Test
    void neverRefusesWhileThereIsRoomForEveryThread() throws Exception {
        GridMap<Integer, Long> map = open(THREADS, Eviction.NONE);
        Race.run(THREADS, thread -> {
            for (int i = 0; i < 50_000; i++) {
                map.put(i * THREADS + thread, 0L);
                map.remove(i * THREADS + thread);
            }
            return null;
        });
        assertEquals(0, map.entryCount());
    }

    @Test
    void keepsTheYoungestOfEachThreadWhenEvicting() throws Exception {
        GridMap<Integer, Long> map = open(500, Eviction.INSERTION_ORDER);
        Race.run(THREADS, thread -> {
            for (int i = 0; i < 20_000; i++) {
                map.put(thread * 20_000 + i, 0L);
            }
            return null;
        });
        assertEquals(500, map.entryCount());
        TreeSet<Integer> kept = new TreeSet<>(map.keySet());
        assertEquals(500, kept.size());
        for (int key : kept) {
            boolean lastOfItsThread = key % 20_000 == 19_999;
            assertTrue(lastOfItsThread || kept.contains(key + 1), () -> key + " is kept, but a younger one is not");
        }
    }

    @Test
    void anEvictingMapIsExactAgainAfterAnyMixOfWrites() throws Exception {
        long seed = Seed.of("MapRaceTest");
        GridMap<Integer, Long> map = open(20, Eviction.INSERTION_ORDER);
        Race.run(THREADS, thread -> {
            Random random = new Random(seed + thread);
            for (int i = 0; i < 50_000; i++) {
                write(map, random.nextInt(40), random.nextInt(100));
            }
            return null;
        });
        assertTrue(map.entryCount() <= 20, () -> map.entryCount() + " entries, seed " + seed);
        assertEquals(map.entryCount(), new HashMap<>(map).size());
        Map<Integer, Long> fresh = new HashMap<>();
        for (int key = 1_000; key < 1_020; key++) {
            map.put(key, 0L);
            fresh.put(key, 0L);
        }
        assertEquals(fresh, map, "seed " + seed);
    }

    private static void write(GridMap<Integer, Long> map, int key, int kind) {
        if (kind < 50) {
            map.put(key, 1L);
        } else if (kind < 70) {
            map.remove(key);
        } else if (kind < 80) {
            map.compute(key, (k, value) -> value == null ? 1L : null);
        } else if (kind < 90) {
            map.merge(key, 1L, (before, value) -> before > 3 ? null : before + value);
        } else if (kind < 99) {
            map.computeIfAbsent(key, k -> 1L);
        } else {
            map.clear();
        }
    }
}
