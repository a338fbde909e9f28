package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The settings of an embedded grid. Not thread-safe; used while the grid is opened and not kept. */
public final class GridConfig {

    private String name = "grid";
    private MeterRegistry meterRegistry;
    private final MapConfig defaultMap = new MapConfig();
    private final Map<String, MapConfig> maps = new TreeMap<>();

    GridConfig() {}

    /** The grid's name in metrics, thread names and dumps. Default {@code grid}. */
    public GridConfig name(String name) {
        KeyRules.checkName(name);
        this.name = name;
        return this;
    }

    /** Where metrics go, usually the application's own registry. Default: a registry of the grid's own. */
    public GridConfig meterRegistry(MeterRegistry meterRegistry) {
        this.meterRegistry = meterRegistry;
        return this;
    }

    /** Settings of one map. What is not set here keeps its default. */
    public GridConfig map(MapRef<?, ?> ref, Consumer<MapConfig> settings) {
        settings.accept(maps.computeIfAbsent(ref.name(), ignored -> new MapConfig()));
        return this;
    }

    String name() {
        return name;
    }

    MeterRegistry meterRegistry() {
        return meterRegistry != null ? meterRegistry : new SimpleMeterRegistry();
    }

    MapConfig mapConfig(String mapName) {
        return maps.getOrDefault(mapName, defaultMap);
    }
}
