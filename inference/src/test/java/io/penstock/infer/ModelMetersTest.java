package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FakeEngine engine = new FakeEngine();

    private Grid grid(String name) {
        Grid grid = Grid.embedded(config -> config.name(name).meterRegistry(registry));
        Models.of(grid, engine, Models.BYTES_MAX);
        return grid;
    }

    private List<String> versions() {
        return registry.find("penstock.model.rows").meters().stream()
                .map(meter -> meter.getId().getTag("grid") + " " + meter.getId().getTag("model") + " "
                        + meter.getId().getTag("version"))
                .sorted()
                .toList();
    }

    @Test
    void countsRowsBatchesAndErrors() throws InterruptedException {
        try (Grid grid = grid("g")) {
            Models.of(grid).deploy("m", FakeEngine.poisonable(1));
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.items(1f, 2f, Float.NaN, FakeEngine.POISON, 3f))
                    .apply(Infer.with("m", (x, row) -> row.put(x), (x, out) -> x, o -> o.skipFailures()))
                    .writeTo(Sinks.noop());
            Jobs.of(grid).submit(pipeline).join();
            assertEquals(3, registry.get("penstock.model.rows").functionCounter().count());
            assertEquals(1, registry.get("penstock.model.batches").functionCounter().count());
            assertEquals(2, registry.get("penstock.model.errors").functionCounter().count());
            assertEquals(1, registry.get("penstock.model.run").timer().count());
            assertTrue(registry.get("penstock.model.load").timeGauge().value(TimeUnit.NANOSECONDS) > 0);
            assertEquals(19, registry.get("penstock.model.bytes").gauge().value());
            assertEquals(List.of("g m 1"), versions());
        }
    }

    @Test
    void areThereForTheLoadedVersionsOnly() {
        try (Grid grid = grid("g")) {
            Models models = Models.of(grid);
            models.deploy("m", FakeEngine.model(1, 1));
            models.deploy("m", FakeEngine.model(1, 1));
            models.deploy("n", FakeEngine.model(1, 1));
            assertEquals(List.of("g m 2", "g n 1"), versions());
            models.remove("n");
            assertEquals(List.of("g m 2"), versions());
        }
        List<String> left = registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName)
                .filter(name -> name.startsWith("penstock.model.")).toList();
        assertEquals(List.of(), left);
    }

    @Test
    void anotherGridOfTheSameNameDoesNotDisturbThem() {
        try (Grid first = grid("g")) {
            Models.of(first).deploy("m", FakeEngine.model(1, 1));
            try (Grid second = grid("g")) {
                Models.of(second).deploy("m", FakeEngine.model(1, 1));
                Models.of(second).score("m", new float[] {1});
            }
            assertEquals(List.of("g m 1"), versions());
            assertEquals(0, registry.get("penstock.model.rows").functionCounter().count());
        }
    }
}
