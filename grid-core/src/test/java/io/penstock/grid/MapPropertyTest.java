package io.penstock.grid;

import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations do to a grid's map what they do to a {@link ReferenceMap} with the same limits, while time goes on
 * now and then. Its local view and a copy that is kept from its changes always have the same entries, and soon so when
 * some have expired.
 */
class MapPropertyTest {

    private static final MapRef<Integer, Integer> MAP = MapRef.of("random", Integer.class, Integer.class);
    private static final int MAX_ENTRIES = 6;
    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 20_000 : 100;

    private enum Limits {
        REFUSES(Eviction.NONE, null, 4),
        EVICTS(Eviction.INSERTION_ORDER, null, 1),
        EVICTS_FROM_PARTITIONS(Eviction.INSERTION_ORDER, null, 64),
        EXPIRES(Eviction.NONE, RandomOperation.TICK.multipliedBy(2), 2),
        EXPIRES_AND_EVICTS(Eviction.INSERTION_ORDER, RandomOperation.TICK.multipliedBy(3), 8);

        private final Eviction eviction;
        private final Duration ttl;
        private final int partitions;

        Limits(Eviction eviction, Duration ttl, int partitions) {
            this.eviction = eviction;
            this.ttl = ttl;
            this.partitions = partitions;
        }

        void on(MapConfig config) {
            config.maxEntries(MAX_ENTRIES).eviction(eviction).partitions(partitions).index("this");
            if (ttl != null) {
                config.ttl(ttl);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void behavesAsTheObviousMap(Limits limits) {
        long seed = Seed.of("MapPropertyTest " + limits);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            VirtualClock clock = new VirtualClock(random.nextLong() / 2);
            try (Grid grid = Grid.embedded(c -> c.nanoClock(clock).map(MAP, limits::on))) {
                GridMap<Integer, Integer> reference =
                        new ReferenceMap(MAX_ENTRIES, limits.eviction, limits.ttl, clock);
                new RandomRun(grid.map(MAP), reference, clock, random, "seed " + seed + ", run " + run).go();
            }
        }
    }
}
