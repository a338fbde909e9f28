package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Local views that open and close while writers are at work. */
class LocalViewRaceTest {

    private static final MapRef<Long, Long> MAP = MapRef.of("raced", Long.class, Long.class);
    private static final int SOAK = Boolean.getBoolean("penstock.soak") ? 10 : 1;
    private static final int WRITERS = 3;
    private static final long KEY_COUNT = 60;

    @ParameterizedTest
    @EnumSource
    void aViewEndsWithWhatTheMapHas(Eviction eviction) throws Exception {
        long seed = Seed.of("LocalViewRaceTest " + eviction);
        long maxEntries = eviction == Eviction.NONE ? KEY_COUNT : 20;
        try (Grid grid = Grid.embedded(c -> c.map(MAP, m -> m.maxEntries(maxEntries).eviction(eviction)))) {
            GridMap<Long, Long> map = grid.map(MAP);
            CyclicBarrier pause = new CyclicBarrier(WRITERS + 1);
            Race.run(WRITERS + 1, thread -> {
                Random random = new Random(seed + thread);
                for (int round = 0; round < 300 * SOAK; round++) {
                    if (thread > 0) {
                        writeSome(map, random);
                        pause.await(60, TimeUnit.SECONDS);
                    } else {
                        LocalView<Long, Long> view = openAndClose(map, random.nextInt(5));
                        pause.await(60, TimeUnit.SECONDS);
                        assertEquals(new HashMap<>(map), entriesOf(view), "seed " + seed + ", round " + round);
                        view.close();
                    }
                    pause.await(60, TimeUnit.SECONDS);
                }
                return null;
            });
        }
    }

    private static void writeSome(GridMap<Long, Long> map, Random random) {
        for (int i = 0; i < 200; i++) {
            long key = random.nextInt((int) KEY_COUNT);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> map.remove(key);
                case 3 -> map.compute(key, (k, value) -> value == null ? 1L : null);
                case 4 -> map.merge(key, 1L, Long::sum);
                case 5 -> map.computeIfPresent(key, (k, value) -> value + 1);
                default -> map.put(key, (long) i);
            }
            if (random.nextInt(500) == 0) {
                map.clear();
            }
        }
    }

    private static LocalView<Long, Long> openAndClose(GridMap<Long, Long> map, int times) {
        for (int i = 0; i < times; i++) {
            map.localView().close();
        }
        return map.localView();
    }

    private static Map<Long, Long> entriesOf(LocalView<Long, Long> view) {
        Map<Long, Long> entries = new HashMap<>();
        LocalView.Reader<Long, Long> reader = view.reader();
        for (long key = 0; key < KEY_COUNT; key++) {
            Long value = reader.getLong(key);
            if (value != null) {
                entries.put(key, value);
            }
        }
        assertEquals(entries.size(), view.entryCount());
        return entries;
    }

    /** New keys only, each put once, while a view opens: one that the walk missed would stay away for ever. */
    @Test
    void noKeyThatIsPutWhileAViewOpensIsMissing() throws Exception {
        whileAViewOpens(5_000 * SOAK, map -> {
            for (long key = 0; key < 30; key++) {
                map.put(key, key);
            }
        }, Map::clear);
    }

    /** Each key is changed once: an older value that the walk put over the new one would stay for ever. */
    @Test
    void noOlderValueComesBackWhileAViewOpens() throws Exception {
        whileAViewOpens(5_000 * SOAK, map -> {
            for (long key = 0; key < KEY_COUNT; key++) {
                map.computeIfPresent(key, (k, value) -> value % 5 == 0 ? null : value + 1);
            }
        }, map -> {
            for (long key = 0; key < KEY_COUNT; key++) {
                map.merge(key, key, Long::sum);
            }
        });
    }

    private static void whileAViewOpens(
            int rounds, Consumer<GridMap<Long, Long>> write, Consumer<GridMap<Long, Long>> prepare) throws Exception {
        try (Grid grid = Grid.embedded()) {
            GridMap<Long, Long> map = grid.map(MAP);
            AtomicInteger arrived = new AtomicInteger();
            Race.run(2, thread -> {
                for (int round = 0; round < rounds; round++) {
                    if (thread == 0) {
                        prepare.accept(map);
                    }
                    meet(arrived, 4 * round + 2);
                    LocalView<Long, Long> view = null;
                    if (thread == 0) {
                        view = map.localView();
                    } else {
                        write.accept(map);
                    }
                    meet(arrived, 4 * round + 4);
                    if (view != null) {
                        assertEquals(new HashMap<>(map), entriesOf(view), "round " + round);
                        view.close();
                    }
                }
                return null;
            });
        }
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

    @Test
    void eachThreadSeesItsOwnWrites() throws Exception {
        try (Grid grid = Grid.embedded(); LocalView<Long, Long> view = grid.map(MAP).localView()) {
            GridMap<Long, Long> map = grid.map(MAP);
            Race.run(4, thread -> {
                LocalView.Reader<Long, Long> reader = view.reader();
                for (long i = 0; i < 50_000L * SOAK; i++) {
                    long key = thread + 4 * (i % 5_000);
                    map.put(key, i);
                    assertEquals(i, reader.getLong(key));
                    if (i % 3 == 0) {
                        map.remove(key);
                        assertNull(reader.getLong(key));
                    }
                }
                return null;
            });
            assertEquals(map.entryCount(), view.entryCount());
        }
    }

    /** One closes the grid while others look up: they find what is there, or are told that it is closed. */
    @Test
    void closingTheGridWhileOthersLookUpTellsThem() throws Exception {
        for (int round = 0; round < 100 * SOAK; round++) {
            Grid grid = Grid.embedded();
            GridMap<Long, Long> map = grid.map(MAP);
            map.put(1L, 1L);
            Race.run(3, thread -> {
                if (thread == 0) {
                    grid.close();
                    return null;
                }
                Refused.with(GridException.Code.CLOSED, () -> {
                    while (true) {
                        try (LocalView<Long, Long> view = map.localView()) {
                            assertEquals(1L, view.reader().getLong(1));
                        }
                    }
                }, "map 'raced'");
                return null;
            });
        }
    }
}
