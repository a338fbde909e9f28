package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.heap.HeapMap;
import io.penstock.grid.heap.MapThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A grid in the heap of this JVM.
 *
 * <p>While it closes, its services still find the maps and each other, but no new service is made.
 */
final class EmbeddedGrid implements Grid {

    private final String name;
    private final MeterRegistry meterRegistry;
    private final Map<String, MapConfig> mapConfigs;
    private final LongSupplier nanoClock;
    private final MapThreads threads;
    private final GridServices services = new GridServices(this);
    /** Read by anybody; written under its own monitor, which also guards the change of {@link #closed}. */
    private final Map<String, HeapMap<?, ?>> maps = new ConcurrentSkipListMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean closed;

    EmbeddedGrid(GridConfig config) {
        config.check();
        name = config.name();
        meterRegistry = config.meterRegistry() != null ? config.meterRegistry() : new SimpleMeterRegistry();
        mapConfigs = config.mapConfigs();
        nanoClock = config.nanoClock();
        threads = new MapThreads(name, config.asyncCallsMax());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <K, V> GridMap<K, V> map(MapRef<K, V> ref) {
        checkOpen();
        HeapMap<?, ?> map = maps.get(ref.name());
        if (map == null) {
            map = open(ref);
        }
        return typed(map, ref);
    }

    private HeapMap<?, ?> open(MapRef<?, ?> ref) {
        synchronized (maps) {
            checkOpen();
            HeapMap<?, ?> present = maps.get(ref.name());
            if (present != null) {
                return present;
            }
            MapConfig config = mapConfigs.getOrDefault(ref.name(), new MapConfig(ref.name()));
            HeapMap<?, ?> made = new HeapMap<>(ref, config.limits(), name, meterRegistry, threads, nanoClock);
            maps.put(ref.name(), made);
            return made;
        }
    }

    @SuppressWarnings("unchecked") // equal refs have the same types
    private static <K, V> GridMap<K, V> typed(HeapMap<?, ?> map, MapRef<K, V> ref) {
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
        return meterRegistry;
    }

    @Override
    public <S extends AutoCloseable> S service(Class<S> type, Function<? super Grid, ? extends S> factory) {
        checkOpen();
        return services.get(type, factory);
    }

    @Override
    public boolean isClosed() {
        return closing.get();
    }

    @Override
    public String dump() {
        checkOpen();
        StringBuilder text = new StringBuilder("grid '" + name + "', embedded\n");
        for (HeapMap<?, ?> map : maps.values()) {
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
                maps.values().forEach(HeapMap::close);
                maps.clear();
                threads.close();
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new GridException(
                    GridException.Code.CLOSED, "grid '" + name + "' is closed; use it before close(), or open another");
        }
    }

    private static String types(MapRef<?, ?> ref) {
        return ref.keyType().getName() + " -> " + ref.valueType().getName();
    }
}
