package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.host.CarriedGrid;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapHost;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapThreads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A grid whose maps live at a {@link MapHost}.
 *
 * <p>While it closes, its services still find the maps and each other, but no new service is made.
 */
final class HostedGrid implements Grid, CarriedGrid {

    /** For calls that use the processor. */
    static final int EMBEDDED_ASYNC_THREADS = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    /** For calls that wait for the network. */
    static final int CLUSTER_ASYNC_THREADS = 16;

    private final HostContext context;
    private final MapHost host;
    private final GridServices services = new GridServices(this);
    /** Read by anybody; written under its own monitor, which also guards the change of {@link #closed}. */
    private final Map<String, HostedMap<?, ?>> maps = new ConcurrentSkipListMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean closed;

    /** @param start makes the host */
    HostedGrid(GridConfig config, int asyncThreadsMax, Function<HostContext, MapHost> start) {
        config.check();
        Map<String, MapSettings> settings = new TreeMap<>();
        config.mapConfigs().forEach((mapName, map) -> settings.put(mapName, map.settings()));
        context = new HostContext(
                config.name(),
                config.meterRegistry() != null ? config.meterRegistry() : new SimpleMeterRegistry(),
                new MapThreads(config.name(), config.asyncCallsMax(), asyncThreadsMax),
                config.nanoClock(),
                config.cluster().settings(config.name()),
                settings);
        host = start.apply(context);
        host.begin(this);
    }

    @Override
    public MapHost host() {
        return host;
    }

    @Override
    public String name() {
        return context.gridName();
    }

    @Override
    public <K, V> GridMap<K, V> map(MapRef<K, V> ref) {
        return map(ref, defaults -> {});
    }

    @Override
    public <K, V> GridMap<K, V> map(MapRef<K, V> ref, Consumer<MapConfig> defaults) {
        checkOpen();
        HostedMap<?, ?> map = maps.get(ref.name());
        if (map == null) {
            map = open(ref, defaults);
        }
        return typed(map, ref);
    }

    private HostedMap<?, ?> open(MapRef<?, ?> ref, Consumer<MapConfig> defaults) {
        synchronized (maps) {
            checkOpen();
            HostedMap<?, ?> present = maps.get(ref.name());
            if (present != null) {
                return present;
            }
            MapSettings settings = context.maps().get(ref.name());
            if (settings == null) {
                MapConfig config = new MapConfig(ref.name());
                defaults.accept(config);
                settings = config.settings();
            }
            HostedMap<?, ?> made = host.open(ref, settings);
            maps.put(ref.name(), made);
            return made;
        }
    }

    @SuppressWarnings("unchecked") // equal refs have the same types
    private static <K, V> GridMap<K, V> typed(HostedMap<?, ?> map, MapRef<K, V> ref) {
        if (!map.ref().equals(ref)) {
            throw new GridException(
                    GridException.Code.TYPE_CONFLICT,
                    "map '" + ref.name() + "' is open with types " + types(map.ref()) + ", but was asked for with "
                            + types(ref) + "; use one MapRef constant everywhere, or another name");
        }
        return (GridMap<K, V>) map;
    }

    @Override
    public MeterRegistry meterRegistry() {
        checkOpen();
        return context.meterRegistry();
    }

    @Override
    public <S extends AutoCloseable> S service(Class<S> type, Function<? super Grid, ? extends S> factory) {
        checkOpen();
        return services.get(type, factory);
    }

    @Override
    public List<GridMember> members() {
        checkOpen();
        return host.members();
    }

    @Override
    public MembershipListener.Registration onMembershipChange(MembershipListener listener) {
        checkOpen();
        return host.onMembershipChange(Objects.requireNonNull(
                listener, () -> "grid '" + name() + "': the listener is null; give one"));
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        checkOpen();
        T unwrapped = host.unwrap(type);
        if (unwrapped == null) {
            throw new IllegalArgumentException("grid '" + name() + "' is " + host.describe() + " and has no "
                    + type.getName() + " behind it; ask a grid of a cluster for its com.hazelcast.core.HazelcastInstance");
        }
        return unwrapped;
    }

    @Override
    public boolean isClosed() {
        return closing.get();
    }

    @Override
    public String dump() {
        checkOpen();
        StringBuilder text = new StringBuilder("grid '" + name() + "', " + host.describe() + "\n");
        for (HostedMap<?, ?> map : maps.values()) {
            text.append(map.dump().indent(2));
        }
        for (String service : services.names()) {
            text.append("  service ").append(service).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            services.close();
        } finally {
            synchronized (maps) {
                closed = true;
                maps.values().forEach(HostedMap::close);
                maps.clear();
                context.threads().close();
            }
            host.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new GridException(
                    GridException.Code.CLOSED, "grid '" + name() + "' is closed; use it before close(), or open another");
        }
    }

    private static String types(MapRef<?, ?> ref) {
        return ref.keyType().getName() + " -> " + ref.valueType().getName();
    }
}
