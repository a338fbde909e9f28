package io.penstock.grid.host;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a host gets from its grid.
 *
 * @param nanoClock by which entries expire, as {@link System#nanoTime}; null for the host's own
 * @param maps the settings of those maps that the grid's configuration names, by name
 */
public record HostContext(
        String gridName, MeterRegistry meterRegistry, MapThreads threads, LongSupplier nanoClock,
        ClusterSettings cluster, Map<String, MapSettings> maps) {}
