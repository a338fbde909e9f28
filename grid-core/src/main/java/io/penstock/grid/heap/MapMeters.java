package io.penstock.grid.heap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A map's metrics in a registry, from its opening to its closing. The registry refers to the map weakly. */
final class MapMeters {

    private static final Logger LOG = LoggerFactory.getLogger(MapMeters.class);
    private static final String ENTRIES = "penstock.map.entries";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> registered = new ArrayList<>();

    private MapMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Registers a map's metrics. If another grid of the same name has metrics of such a map in this registry, they stay
     * as they are, this map has none, and a warning says so.
     */
    static MapMeters register(MeterRegistry registry, String gridName, HeapMap<?, ?> map, MapCounters counters) {
        String mapName = map.ref().name();
        Tags tags = Tags.of("grid", gridName, "map", mapName);
        MapMeters meters = new MapMeters(registry, tags);
        if (registry.find(ENTRIES).tags(tags).meter() != null) {
            LOG.warn("map '{}' has no metrics: the meter registry has those of another grid named '{}';"
                    + " give each grid a name of its own with GridConfig.name(...)", mapName, gridName);
            return meters;
        }
        meters.registered.add(Gauge.builder(ENTRIES, map, HeapMap::entryCountOrZero)
                .tags(tags).baseUnit("entries").description("Entries in the map").register(registry));
        meters.count("gets", "Keys looked up", counters, MapCounters::lookups);
        meters.count("hits", "Keys looked up and found", counters, c -> c.hits.sum());
        meters.count("puts", "Values stored, of new and of present keys", counters, c -> c.puts.sum());
        meters.count("removes", "Entries removed by the application", counters, c -> c.removes.sum());
        meters.count("evictions", "Entries removed by the map's limit", counters, c -> c.evictions.sum());
        return meters;
    }

    void remove() {
        registered.forEach(registry::remove);
    }

    private void count(String what, String description, MapCounters counters, ToDoubleFunction<MapCounters> value) {
        registered.add(FunctionCounter.builder("penstock.map." + what, counters, value)
                .tags(tags).description(description).register(registry));
    }
}
