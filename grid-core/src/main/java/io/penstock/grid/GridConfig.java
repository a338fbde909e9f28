package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The settings of an embedded grid. Not thread-safe; used while the grid is opened and not kept. */
public final class GridConfig {

    /** The most asynchronous calls that wait on a grid unless told otherwise. */
    public static final int DEFAULT_ASYNC_CALLS_MAX = 10_000;

    private static final int ASYNC_CALLS_LIMIT = 1 << 24;

    private String name = "grid";
    private MeterRegistry meterRegistry;
    private int asyncCallsMax = DEFAULT_ASYNC_CALLS_MAX;
    private LongSupplier nanoClock = System::nanoTime;
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

    /** The most calls of {@link GridMap#async()} that wait at a time: from 1 to 16,777,216. Default 10,000. */
    public GridConfig asyncCallsMax(int asyncCallsMax) {
        if (asyncCallsMax < 1 || asyncCallsMax > ASYNC_CALLS_LIMIT) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "asyncCallsMax must be from 1 to " + ASYNC_CALLS_LIMIT + ", but is " + asyncCallsMax);
        }
        this.asyncCallsMax = asyncCallsMax;
        return this;
    }

    /**
     * The clock by which entries expire; for tests, which can so let an hour pass at once. It must never go back.
     * Default {@link System#nanoTime}.
     */
    public GridConfig nanoClock(LongSupplier nanoClock) {
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
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

    int asyncCallsMax() {
        return asyncCallsMax;
    }

    LongSupplier nanoClock() {
        return nanoClock;
    }

    /** The settings by map name; a copy, which later calls do not change. */
    Map<String, MapConfig> mapConfigs() {
        Map<String, MapConfig> copy = new TreeMap<>();
        maps.forEach((mapName, config) -> copy.put(mapName, config.copy()));
        return copy;
    }
}
