package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The settings of an embedded grid. Not thread-safe; used while the grid is opened and not kept. */
public final class GridConfig {

    private String name = "grid";
    private MeterRegistry meterRegistry;
    private final Map<String, MapConfig> maps = new TreeMap<>();

    GridConfig() {}

    /**
     * The grid's name in metrics, thread names and dumps. Default {@code grid}. Grids that share a meter registry need
     * different names.
     *
     * @throws GridException if the name is not allowed; the message says which are
     */
    public GridConfig name(String name) {
        KeyRules.checkName("grid", name);
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
        settings.accept(maps.computeIfAbsent(ref.name(), MapConfig::new));
        return this;
    }

    String name() {
        return name;
    }

    /** Null if the grid is to have its own. */
    MeterRegistry meterRegistry() {
        return meterRegistry;
    }

    /** The settings by map name; a copy, which later calls do not change. */
    Map<String, MapConfig> mapConfigs() {
        Map<String, MapConfig> copy = new TreeMap<>();
        maps.forEach((mapName, config) -> copy.put(mapName, config.copy()));
        return copy;
    }
}
