package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
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
    private static final int STEPS = 200;

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
                new Run(grid.map(MAP), reference, clock, random, "seed " + seed + ", run " + run).go();
            }
        }
    }

    /** One map, and all that must have the same entries. */
    private static final class Run {

        private final GridMap<Integer, Integer> map;
        private final GridMap<Integer, Integer> reference;
        private final VirtualClock clock;
        private final Random random;
        private final String name;
        private final LocalView.Reader<Integer, Integer> view;
        private final Changes.Reader<Integer, Integer> changes;
        private final Map<Integer, Integer> copy = new HashMap<>();
        private String where;

        Run(
                GridMap<Integer, Integer> map, GridMap<Integer, Integer> reference, VirtualClock clock, Random random,
                String name) {
            this.map = map;
            this.reference = reference;
            this.clock = clock;
            this.random = random;
            this.name = name;
            view = map.localView().reader();
            changes = map.changes().fromNow();
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                boolean isTick = random.nextInt(15) == 0;
                RandomOperation operation = RandomOperation.next(random);
                where = name + ", step " + step + ", " + (isTick ? "tick, " : "") + operation;
                if (isTick) {
                    clock.advance(RandomOperation.TICK);
                }
                assertEquals(operation.on(reference), operation.on(map), where);
                assertEquals(reference, new HashMap<>(map), where);
                assertEquals(reference.size(), map.entryCount(), where);
                follow(isTick);
            }
        }

        /** @param isTick whether entries may have expired, of which followers are told soon, but not at once */
        private void follow(boolean isTick) {
            readChanges();
            long startNs = System.nanoTime();
            while (isTick && System.nanoTime() - startNs < 10_000_000_000L
                    && !(copy.equals(reference) && entriesOfView().equals(reference))) {
                LockSupport.parkNanos(100_000);
                readChanges();
            }
            assertEquals(reference, copy, where);
            assertEquals(reference, entriesOfView(), where);
        }

        private Map<Integer, Integer> entriesOfView() {
            Map<Integer, Integer> entries = new HashMap<>();
            for (int key = 0; key < RandomOperation.KEY_COUNT; key++) {
                Integer value = view.getLong(key);
                if (value != null) {
                    entries.put(key, value);
                }
            }
            return entries;
        }

        private void readChanges() {
            for (MapChange<Integer, Integer> change = changes.poll(); change != null; change = changes.poll()) {
                Integer before = change.after() == null
                        ? copy.remove(change.key())
                        : copy.put(change.key(), change.after());
                assertEquals(change.before(), before, where);
                boolean isNew = change.kind() == MapChange.Kind.PUT;
                boolean isUpdate = change.kind() == MapChange.Kind.UPDATE;
                assertEquals(change.before() == null, isNew, where);
                assertEquals(change.after() != null, isNew || isUpdate, where);
            }
        }
    }
}
