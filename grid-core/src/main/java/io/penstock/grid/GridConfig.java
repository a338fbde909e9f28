package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.grid.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The settings of a grid, by code, from YAML files, or both; of two calls that set the same, the later
 * counts. Not thread-safe; used while the grid is opened and not kept.
 */
public final class GridConfig {

    /** The most asynchronous calls that wait on a grid unless told otherwise. */
    public static final int DEFAULT_ASYNC_CALLS_MAX = 10_000;

    private static final int ASYNC_CALLS_LIMIT = 1 << 24;

    private String name = "grid";
    private MeterRegistry meterRegistry;
    private int asyncCallsMax = DEFAULT_ASYNC_CALLS_MAX;
    private LongSupplier nanoClock;
    private ClusterConfig cluster = new ClusterConfig();
    private final Map<String, MapConfig> maps = new TreeMap<>();
    /** By the name of each map that a file configures: where it did so last, for messages. */
    private final Map<String, String> mapPlaces = new HashMap<>();

    GridConfig() {}

    /**
     * Takes the settings of a file:
     *
     * <pre>{@code
     * name: shop
     * async-calls-max: 10000
     * maps:
     *   merchants:
     *     max-entries: 100000
     *     eviction: least-used            # or none, insertion-order
     *     ttl: 10m                        # ms, s, m, h, d, or as in ISO 8601: PT1H30M
     *     partitions: 64
     *     journal-capacity: 1000
     *     indexes: [city, address.country]
     *     backups: 2                      # with the next three, for maps on a cluster
     *     async-backups: 0
     *     reads-backups: true
     *     merge-policy: latest-write      # or keep-of-larger-half, discard-of-smaller-half
     *   sessions:
     *     max-bytes: 64 MiB               # B, kB, MB, GB, TB, KiB, MiB, GiB, TiB
     * cluster:
     *   name: shop
     *   host: 10.0.0.1
     *   port: 5701
     *   members: [10.0.0.1, "10.0.0.2:5701"]
     * }</pre>
     *
     * <p>The keys are the settings of this class, of {@link ClusterConfig} and of {@link MapConfig} with hyphens, and
     * have the same defaults and limits. What the file does not set stays as it is; indexes and members add up. The
     * file is YAML 1.2 in UTF-8 of at most 1 MiB, with one document, and without tags, anchors and aliases.
     *
     * <p>Settings of a map that are impossible together are refused when the grid is opened, because a later call
     * may still change them; the message names the line of the map.
     *
     * @throws GridException with {@link GridException.Code#BAD_CONFIG} if the file cannot be read, or something in it
     *     is unknown, of the wrong form, or impossible: the message names the line, what was found, and the way out,
     *     of each of the first twenty errors. This configuration is then as it was before
     */
    public GridConfig yaml(Path file) {
        return yaml(YamlText.ofFile(file));
    }

    /**
     * Takes the settings of a file on the class path, as {@link #yaml} does.
     *
     * @param anchor the class beside which the resource lies
     * @param resource as for {@link Class#getResourceAsStream}
     * @throws GridException as for {@link #yaml}
     */
    public GridConfig yamlResource(Class<?> anchor, String resource) {
        return yaml(YamlText.ofResource(anchor, resource));
    }

    GridConfig yaml(YamlText text) {
        GridConfig changed = new GridConfig();
        changed.take(this);
        YamlSettings.read(text, changed);
        take(changed);
        return this;
    }

    /** Takes all that a file can set. */
    private void take(GridConfig other) {
        name = other.name;
        asyncCallsMax = other.asyncCallsMax;
        cluster = other.cluster.copy();
        maps.putAll(other.mapConfigs());
        mapPlaces.putAll(other.mapPlaces);
    }

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

    /** How a member or a client finds its cluster; an embedded grid has none and takes no notice. */
    public GridConfig cluster(Consumer<ClusterConfig> settings) {
        settings.accept(cluster);
        return this;
    }

    /** Settings of one map. What is not set here keeps its default. */
    public GridConfig map(MapRef<?, ?> ref, Consumer<MapConfig> settings) {
        settings.accept(maps.computeIfAbsent(ref.name(), MapConfig::new));
        return this;
    }

    /** The settings of the map that a file configures at {@code place}. */
    MapConfig map(String mapName, String place) {
        mapPlaces.put(mapName, place);
        return maps.computeIfAbsent(mapName, MapConfig::new);
    }

    /**
     * Checks the settings together.
     *
     * @throws GridException if a map's are impossible; the message names all such maps, with their lines in a file
     */
    void check() {
        List<String> errors = new ArrayList<>();
        maps.forEach((mapName, config) -> {
            try {
                config.settings();
            } catch (GridException e) {
                String place = mapPlaces.get(mapName);
                errors.add(place == null ? e.getMessage() : place + ": " + YamlWords.of(e.getMessage()));
            }
        });
        if (!errors.isEmpty()) {
            String intro = errors.size() == 1 ? "" : errors.size() + " maps have impossible settings:\n  ";
            throw new GridException(GridException.Code.BAD_CONFIG, intro + String.join("\n  ", errors));
        }
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

    /** Null for the host's own. */
    LongSupplier nanoClock() {
        return nanoClock;
    }

    ClusterConfig cluster() {
        return cluster;
    }

    /** The settings by map name; a copy, which later calls do not change. */
    Map<String, MapConfig> mapConfigs() {
        Map<String, MapConfig> copy = new TreeMap<>();
        maps.forEach((mapName, config) -> copy.put(mapName, config.copy()));
        return copy;
    }
}
