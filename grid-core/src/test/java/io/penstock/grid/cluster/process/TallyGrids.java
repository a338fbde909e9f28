package io.penstock.grid.cluster.process;

import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import java.time.Duration;
import java.util.List;

/** The grids of these tests, in whichever process: all have the same settings. */
final class TallyGrids {

    static final int PARTITION_COUNT = 31;

    private static final int JOURNAL_CAPACITY = 1_024;

    private TallyGrids() {}

    /** Starts a member beside the known ones, or the first. */
    static Grid member(String cluster, List<String> addresses) {
        return Grid.cluster(config -> settings(config, cluster)
                .cluster(c -> c.members(addresses.toArray(new String[0]))));
    }

    static Grid client(String cluster, List<String> addresses) {
        return Grid.connect("hazelcast://" + String.join(",", addresses), config -> settings(config, cluster));
    }

    private static GridConfig settings(GridConfig config, String cluster) {
        return config.name(cluster)
                .cluster(c -> c.partitionCount(PARTITION_COUNT).callTimeout(Duration.ofSeconds(30)))
                .map(Tally.MAP, map -> map.backups(1).journalCapacity(JOURNAL_CAPACITY));
    }
}
