package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EmbeddedGridTest {

    private static final MapRef<String, Long> PRICES = MapRef.of("prices", String.class, Long.class);
    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);

    private static final class Jobs implements AutoCloseable {
        @Override
        public void close() {}
    }

    private static final class Models implements AutoCloseable {
        @Override
        public void close() {}
    }

    @Test
    void equalRefsOpenTheSameMap() {
        try (Grid grid = Grid.embedded()) {
            assertSame(grid.map(PRICES), grid.map(MapRef.of("prices", String.class, Long.class)));
            assertNotSame(grid.map(PRICES), grid.map(NAMES));
        }
    }

    @Test
    void threadsThatOpenAMapTogetherGetTheSame() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Grid grid = Grid.embedded()) {
                Set<Integer> maps = new HashSet<>(Race.run(3, thread -> System.identityHashCode(grid.map(PRICES))));
                assertEquals(1, maps.size());
            }
        }
    }

    @Test
    void refusesAMapWithOtherTypesAndNamesBoth() {
        try (Grid grid = Grid.embedded()) {
            grid.map(PRICES);
            Refused.with(Code.TYPE_CONFLICT, () -> grid.map(MapRef.of("prices", String.class, Double.class)),
                    "map 'prices'", "java.lang.String -> java.lang.Long", "java.lang.String -> java.lang.Double");
            Refused.with(Code.TYPE_CONFLICT, () -> grid.map(MapRef.of("prices", Long.class, Long.class)));
        }
    }

    @Test
    void settingsAreOfOneMapAndFixedWhenTheGridOpens() {
        MapConfig[] kept = new MapConfig[1];
        try (Grid grid = Grid.embedded(config -> config.map(PRICES, map -> kept[0] = map.maxEntries(1)))) {
            kept[0].maxEntries(100);
            grid.map(PRICES).put("a", 1L);
            Refused.with(Code.MAP_FULL, () -> grid.map(PRICES).put("b", 2L));
            grid.map(NAMES).put(1L, "a");
            grid.map(NAMES).put(2L, "b");
        }
    }

    @Test
    void refusesImpossibleSettingsWhenItOpens() {
        Refused.with(Code.BAD_CONFIG, () -> Grid.embedded(config -> config.map(PRICES, map -> map.maxEntries(0))),
                "map 'prices'", "maxEntries", "at least 1", "is 0");
        for (int capacity : new int[] {-1, (1 << 24) + 1}) {
            Refused.with(Code.BAD_CONFIG,
                    () -> Grid.embedded(config -> config.map(PRICES, map -> map.journalCapacity(capacity))),
                    "map 'prices'", "journalCapacity", "from 0 to 16777216", "is " + capacity);
        }
        Refused.with(Code.BAD_NAME, () -> Grid.embedded(config -> config.name("my grid")),
                "name of a grid", "'my grid'");
        NullPointerException refusal = assertThrows(NullPointerException.class,
                () -> Grid.embedded(config -> config.map(PRICES, map -> map.eviction(null))));
        assertTrue(refusal.getMessage().contains("INSERTION_ORDER"), refusal.getMessage());
    }

    @Test
    void dumpsInAStableOrderWithoutContents() {
        try (Grid grid = Grid.embedded(config -> config.name("shop")
                .map(PRICES, map -> map.maxEntries(100).eviction(Eviction.INSERTION_ORDER)))) {
            grid.service(Models.class, g -> new Models());
            grid.service(Jobs.class, g -> new Jobs());
            grid.map(PRICES).put("secret", 1L);
            grid.map(NAMES);
            assertEquals("""
                    grid 'shop', embedded
                      map 'names': java.lang.Long -> java.lang.String, 0 of at most 10000000 entries, eviction NONE
                      map 'prices': java.lang.String -> java.lang.Long, 1 of at most 100 entries, eviction \
                    INSERTION_ORDER
                      service io.penstock.grid.EmbeddedGridTest$Jobs
                      service io.penstock.grid.EmbeddedGridTest$Models
                    """, grid.dump());
        }
    }

    @Test
    void refusesEveryUseAfterItWasClosed() {
        Grid grid = Grid.embedded(config -> config.name("shop"));
        grid.service(Jobs.class, g -> new Jobs());
        grid.map(PRICES);
        assertFalse(grid.isClosed());
        grid.close();
        grid.close();
        List<Executable> uses = List.of(
                () -> grid.map(PRICES),
                () -> grid.map(NAMES),
                grid::meterRegistry,
                grid::dump,
                () -> grid.service(Jobs.class, g -> new Jobs()),
                () -> grid.service(Models.class, g -> new Models()));
        for (Executable use : uses) {
            Refused.with(Code.CLOSED, use, "grid 'shop'", "closed", "open another");
        }
        assertTrue(grid.isClosed());
        assertEquals("shop", grid.name());
    }

    @Test
    void severalGridsLiveInOneJvmAndShareNothing() {
        Grid one = Grid.embedded();
        try (Grid other = Grid.embedded()) {
            one.map(PRICES).put("a", 1L);
            other.map(MapRef.of("prices", Long.class, String.class)).put(1L, "a");
            assertNotSame(one.service(Jobs.class, g -> new Jobs()), other.service(Jobs.class, g -> new Jobs()));
            assertNotSame(one.meterRegistry(), other.meterRegistry());
            one.close();
            assertEquals(1, other.map(MapRef.of("prices", Long.class, String.class)).entryCount());
        }
    }

    @Test
    void startsNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Grid grid = Grid.embedded()) {
            grid.map(PRICES).put("a", 1L);
            Set<Thread> added = new HashSet<>(Thread.getAllStackTraces().keySet());
            added.removeAll(before);
            added.removeIf(thread -> thread.getThreadGroup() == null || thread.getThreadGroup().getParent() == null);
            assertEquals(Set.of(), added);
        }
    }
}
