package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MapMetricsTest {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final MapRef<String, Integer> CARDS = MapRef.of("cards", String.class, Integer.class);

    private static final int METERS_PER_MAP = 19;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private Grid open(String name) {
        return Grid.embedded(config -> config.name(name).meterRegistry(registry)
                .map(STOCK, map -> map.maxEntries(3).eviction(Eviction.INSERTION_ORDER)));
    }

    /** The figures of a map, in one line. */
    private String figures(String grid, String map) {
        return registry.find("penstock.map.entries").tags("grid", grid, "map", map).gauge().value() + " entries, "
                + List.of("gets", "hits", "puts", "removes", "evictions").stream()
                        .map(what -> count(what, grid, map) + " " + what)
                        .collect(Collectors.joining(", "));
    }

    private long count(String what, String grid, String map) {
        return (long) registry.find("penstock.map." + what).tags("grid", grid, "map", map).functionCounter().count();
    }

    @Test
    void countsLookups() {
        try (Grid grid = open("shop")) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.put("a", 1);
            map.get("a");
            map.get("z");
            map.getOrDefault("z", 0);
            map.getAll(List.of("a", "b", "c", "a"));
            map.getAll(List.of());
            map.containsKey("a");
            map.values().contains(1);
            assertEquals("1.0 entries, 7 gets, 3 hits, 1 puts, 0 removes, 0 evictions", figures("shop", "stock"));
        }
    }

    @Test
    void countsWhatWasStored() {
        try (Grid grid = open("shop")) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.put("a", 1);
            map.put("a", 1);
            map.putIfAbsent("a", 2);
            map.putIfAbsent("b", 2);
            map.replace("a", 3);
            map.replace("z", 3);
            map.replace("a", 3, 4);
            map.replace("a", 3, 5);
            map.compute("a", (key, value) -> value);
            map.computeIfAbsent("a", key -> 1);
            map.computeIfPresent("a", (key, value) -> 7);
            map.merge("a", 1, Integer::sum);
            map.replaceAll((key, value) -> value);
            assertEquals("2.0 entries, 0 gets, 0 hits, 10 puts, 0 removes, 0 evictions", figures("shop", "stock"));
        }
    }

    @Test
    void countsRemovalsAndEvictionsApart() {
        try (Grid grid = open("shop")) {
            GridMap<String, Integer> map = grid.map(STOCK);
            for (int i = 0; i < 10; i++) {
                map.put("k" + i, i);
            }
            map.remove("k9");
            map.remove("k9");
            map.remove("k8", 0);
            map.compute("k8", (key, value) -> null);
            assertEquals("1.0 entries, 0 gets, 0 hits, 10 puts, 2 removes, 7 evictions", figures("shop", "stock"));
            map.clear();
            assertEquals("0.0 entries, 0 gets, 0 hits, 10 puts, 3 removes, 7 evictions", figures("shop", "stock"));
        }
    }

    @Test
    void countsWhatTheReadersOfLocalViewsFind() {
        try (Grid grid = open("shop")) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.putAll(Map.of("a", 1, "b", 2));
            assertEquals("0.0 in view, 0 gets, 0 hits, 0 misses", viewFigures());
            try (LocalView<String, Integer> one = map.localView(); LocalView<String, Integer> other = map.localView()) {
                one.reader().getAll(new Object[] {"a", "z", "b"}, 3, new Object[3]);
                one.reader().get("a");
                other.reader().get("z");
                assertEquals("2.0 in view, 5 gets, 3 hits, 2 misses", viewFigures());
            }
            assertEquals("2.0 in view, 5 gets, 3 hits, 2 misses", viewFigures());
            assertEquals("2.0 entries, 0 gets, 0 hits, 2 puts, 0 removes, 0 evictions", figures("shop", "stock"));
        }
    }

    private String viewFigures() {
        return registry.find("penstock.map.view.entries").tags("map", "stock").gauge().value() + " in view, "
                + List.of("gets", "hits", "misses").stream()
                        .map(what -> count("view." + what, "shop", "stock") + " " + what)
                        .collect(Collectors.joining(", "));
    }

    @Test
    void tellsHowFullTheJournalIs() {
        try (Grid grid = open("shop")) {
            GridMap<String, Integer> map = grid.map(STOCK);
            map.put("a", 1);
            assertEquals(0, journalFill());
            map.changes();
            map.put("a", 2);
            map.remove("a");
            assertEquals(2, journalFill());
        }
    }

    private double journalFill() {
        return registry.find("penstock.map.journal.changes").tags("map", "stock").gauge().value();
    }

    @Test
    void tagsKeepGridsAndMapsApart() {
        try (Grid shop = open("shop"); Grid bank = open("bank")) {
            shop.map(STOCK).put("a", 1);
            shop.map(CARDS).get("a");
            bank.map(CARDS).putAll(Map.of("a", 1, "b", 2));
            assertEquals("1.0 entries, 0 gets, 0 hits, 1 puts, 0 removes, 0 evictions", figures("shop", "stock"));
            assertEquals("0.0 entries, 1 gets, 0 hits, 0 puts, 0 removes, 0 evictions", figures("shop", "cards"));
            assertEquals("2.0 entries, 0 gets, 0 hits, 2 puts, 0 removes, 0 evictions", figures("bank", "cards"));
        }
    }

    @Test
    void closingAGridRemovesItsMetricsOnly() {
        registry.counter("of.the.application");
        try (Grid bank = open("bank")) {
            bank.map(CARDS).put("a", 1);
            Grid shop = open("shop");
            shop.map(STOCK);
            shop.map(CARDS);
            assertEquals(1 + 3 * METERS_PER_MAP, registry.getMeters().size());
            shop.close();
            assertEquals(1 + METERS_PER_MAP, registry.getMeters().size());
            assertEquals("1.0 entries, 0 gets, 0 hits, 1 puts, 0 removes, 0 evictions", figures("bank", "cards"));
        }
        assertEquals(List.of("of.the.application"),
                registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).toList());
    }

    @Test
    void aSecondGridOfTheSameNameLeavesTheMetricsOfTheFirstAlone() {
        try (Grid first = open("shop")) {
            first.map(STOCK).put("a", 1);
            try (Grid second = open("shop")) {
                second.map(STOCK).putAll(Map.of("x", 1, "y", 2));
                assertEquals("1.0 entries, 0 gets, 0 hits, 1 puts, 0 removes, 0 evictions", figures("shop", "stock"));
            }
            assertEquals("1.0 entries, 0 gets, 0 hits, 1 puts, 0 removes, 0 evictions", figures("shop", "stock"));
        }
    }

    @Test
    void aGridWithoutARegistryHasItsOwn() {
        try (Grid grid = Grid.embedded()) {
            grid.map(STOCK);
            assertNotNull(grid.meterRegistry().find("penstock.map.entries").tags("map", "stock").gauge());
        }
    }
}
