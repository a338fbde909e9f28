package io.penstock.grid;

import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link MapPropertyTest} on a cluster of two members, with those limits that a cluster keeps exactly. */
class ClusterMapPropertyIT {

    private static final int MAX_ENTRIES = 6;
    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 100 : 3;

    /** @param ttlTicks of the map; 0 for none */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void behavesAsTheObviousMap(int ttlTicks) {
        long seed = Seed.of("ClusterMapPropertyIT " + ttlTicks);
        Random random = new Random(seed);
        Duration ttl = ttlTicks == 0 ? null : RandomOperation.TICK.multipliedBy(ttlTicks);
        List<MapRef<Integer, Integer>> refs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            refs.add(MapRef.of("random" + run, Integer.class, Integer.class));
        }
        VirtualClock clock = new VirtualClock(random.nextLong() / 2);
        String name = "map-" + UUID.randomUUID();
        Consumer<GridConfig> settings = config -> {
            config.name(name).nanoClock(clock).cluster(cluster -> cluster.partitionCount(11));
            refs.forEach(ref -> config.map(ref, map -> {
                map.maxEntries(MAX_ENTRIES).index("this");
                if (ttl != null) {
                    map.ttl(ttl);
                }
            }));
        };
        try (Grid one = Grid.cluster(settings);
                Grid two = Grid.cluster(settings.andThen(config -> config.cluster(
                        cluster -> cluster.members(one.members().get(0).address()))))) {
            for (int run = 0; run < RUNS; run++) {
                GridMap<Integer, Integer> reference = new ReferenceMap(MAX_ENTRIES, Eviction.NONE, ttl, clock);
                GridMap<Integer, Integer> map = (run % 2 == 0 ? one : two).map(refs.get(run));
                new RandomRun(map, reference, clock, random, "seed " + seed + ", run " + run).followedLater().go();
            }
        }
    }
}
