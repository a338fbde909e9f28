package io.penstock.grid.host;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A map's metrics in a registry, from its opening to its closing. The registry refers to the map weakly. */
public final class MapMeters {

    private static final Logger LOG = LoggerFactory.getLogger(MapMeters.class);
    private static final String ENTRIES = "penstock.map.entries";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> registered = new ArrayList<>();
    private MapTimers timers;

    private MapMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Registers a map's metrics. If another grid of the same name has metrics of such a map in this registry, they stay
     * as they are, this map has none, and a warning says so.
     */
    public static MapMeters register(MeterRegistry registry, String gridName, HostedMap<?, ?> map) {
        String mapName = map.ref().name();
        Tags tags = Tags.of("grid", gridName, "map", mapName);
        MapMeters meters = new MapMeters(registry, tags);
        if (registry.find(ENTRIES).tags(tags).meter() != null) {
            LOG.warn("map '{}' has no metrics: the meter registry has those of another grid named '{}';"
                    + " give each grid a name of its own with GridConfig.name(...)", mapName, gridName);
            meters.timers = timers(new SimpleMeterRegistry(), tags);
            return meters;
        }
        meters.register(map);
        return meters;
    }

    private void register(HostedMap<?, ?> map) {
        timers = timers(registry, tags);
        registered.add(timers.gets());
        registered.add(timers.puts());
        gauge(ENTRIES, "entries", "Entries in the map", map, HostedMap::entryCountOrZero);
        gauge("penstock.map.bytes", "bytes", "Size of keys and values in the form of the codec", map,
                HostedMap::bytesOrZero);
        MapCounters counters = map.counters();
        count("gets", "Keys looked up", counters, MapCounters::lookups);
        count("hits", "Keys looked up and found", counters, MapCounters::hits);
        count("puts", "Values stored, of new and of present keys", counters, MapCounters::puts);
        count("removes", "Entries removed by the application", counters, c -> c.removes.sum());
        count("evictions", "Entries removed by the map's limit", counters, c -> c.evictions.sum());
        count("expirations", "Entries whose time to live ended", counters, c -> c.expirations.sum());
        gauge("penstock.map.view.entries", "entries", "Entries in the local view", map, HostedMap::viewEntryCount);
        count("view.gets", "Keys looked up in local views", map, m -> m.viewLookups().count());
        count("view.hits", "Keys looked up in local views and found", map, m -> m.viewLookups().hits());
        count("view.misses", "Keys looked up in local views and not found", map, m -> m.viewLookups().misses());
        gauge("penstock.map.view.lag", "seconds", "How far local views are behind", map,
                HostedMap::viewLagSeconds);
        gauge("penstock.map.journal.changes", "changes", "Changes kept in the journals", map,
                HostedMap::journalCountOrZero);
        gauge("penstock.map.journal.fill", "ratio", "Share in use of the fullest partition's journal", map,
                HostedMap::journalFillOrZero);
        count("journal.lost", "Changes that readers lost, for they fell behind", counters,
                c -> c.lostChanges.sum());
        count("listener.failures", "Calls of listeners that threw", counters,
                c -> c.failedListeners.sum());
    }

    private static MapTimers timers(MeterRegistry registry, Tags tags) {
        return new MapTimers(timer("get", registry, tags), timer("put", registry, tags));
    }

    private static Timer timer(String operation, MeterRegistry registry, Tags tags) {
        return Timer.builder("penstock.map.latency").description("Time of one in 1,024 calls of each thread")
                .tags(tags).tag("operation", operation).register(registry);
    }

    public MapTimers timers() {
        return timers;
    }

    public void remove() {
        registered.forEach(registry::remove);
    }

    private <T> void gauge(String name, String unit, String description, T source, ToDoubleFunction<? super T> value) {
        registered.add(Gauge.builder(name, source, value::applyAsDouble)
                .tags(tags).baseUnit(unit).description(description).register(registry));
    }

    private <T> void count(String what, String description, T source, ToDoubleFunction<? super T> value) {
        registered.add(FunctionCounter.builder("penstock.map." + what, source, value::applyAsDouble)
                .tags(tags).description(description).register(registry));
    }
}
