package io.penstock.demo;

import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import java.util.List;
import java.util.function.Consumer;

/** Where the job finds its maps: in this JVM, or on a cluster, whose members and clients all have the same settings. */
final class FlightGrid {

    private static final String NAME = "flights";

    private FlightGrid() {}

    /** @param scoredMax how many of the newest scored flights to keep; on a cluster about so many */
    static Grid embedded(int scoredMax) {
        return Grid.embedded(maps(scoredMax));
    }

    /** Starts a member beside the known ones, as {@code host:port}, or the first. */
    static Grid member(String cluster, List<String> known, int scoredMax) {
        return Grid.cluster(maps(scoredMax).andThen(config -> config
                .cluster(c -> c.name(cluster).members(known.toArray(new String[0])))));
    }

    static Grid client(String cluster, List<String> members, int scoredMax) {
        return Grid.connect("hazelcast://" + String.join(",", members),
                maps(scoredMax).andThen(config -> config.cluster(c -> c.name(cluster))));
    }

    /** On a cluster a journal is kept whether it is read or not; only the airports are followed, by their local views. */
    private static Consumer<GridConfig> maps(int scoredMax) {
        return config -> config.name(NAME)
                .map(FlightPipeline.SCORED, map -> map
                        .maxEntries(scoredMax).eviction(Eviction.INSERTION_ORDER).journalCapacity(0))
                .map(FlightPipeline.SKIPPED, map -> map
                        .maxEntries(FlightPipeline.SKIPPED_MAX).eviction(Eviction.INSERTION_ORDER).journalCapacity(0))
                .map(FlightPipeline.EVALUATION, map -> map.journalCapacity(0))
                .map(FlightPipeline.LATENESS, map -> map.journalCapacity(0));
    }
}
