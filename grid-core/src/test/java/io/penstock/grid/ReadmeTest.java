package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    /** Between the two marks stands the example, line by line. */
    @Test
    void theExampleRuns() throws IOException {
        MeterRegistry registry = new SimpleMeterRegistry();
        // example
        record Merchant(String name, double risk) {}
        MapRef<String, Merchant> merchants = MapRef.of("merchants", String.class, Merchant.class);
        try (Grid grid = Grid.embedded(config -> config.name("shop").meterRegistry(registry)
                .map(merchants, map -> map.maxEntries(100_000).eviction(Eviction.INSERTION_ORDER)))) {
            GridMap<String, Merchant> map = grid.map(merchants);
            map.put("m1", new Merchant("Ada's books", 0.1));
            map.computeIfPresent("m1", (id, merchant) -> new Merchant(merchant.name(), 0.2));
            Map<String, Merchant> found = map.getAll(List.of("m1", "m2"));
            System.out.println(found.size() + " found\n" + grid.dump());
        }
        // end of example
        assertEquals(List.of(), registry.getMeters());
        String source = Files.readString(Path.of("src/test/java/io/penstock/grid/ReadmeTest.java"));
        int from = source.indexOf("// example\n") + "// example\n".length();
        String example = source.substring(from, source.indexOf("// end of example", from));
        String shown = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
        assertEquals(example.stripIndent().strip(), shown.substring(0, shown.indexOf("```")).strip());
    }

    @Test
    void namesEveryErrorCode() {
        for (GridException.Code code : GridException.Code.values()) {
            assertTrue(readme.contains("| `" + code + "` |"), code.name());
        }
    }

    @Test
    void namesEveryMetric() {
        try (Grid grid = Grid.embedded()) {
            grid.map(MapRef.of("m", String.class, String.class));
            for (Meter meter : grid.meterRegistry().getMeters()) {
                assertTrue(readme.contains("| `" + meter.getId().getName() + "` |"), meter.getId().getName());
            }
        }
    }
}
