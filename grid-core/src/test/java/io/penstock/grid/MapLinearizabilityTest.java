package io.penstock.grid;

import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever several threads do to a map, there is an order of their calls in which one thread alone would have seen the
 * same. Lincheck makes up the calls and looks for the order; the seed of its scenarios is its own and fixed.
 *
 * <p>Of one key, this is also what a local view promises (one's own writes, and never an older value than was seen),
 * and what a reader of changes does that begins with the content. A view may show a change a moment before
 * {@link GridMap#get} does, so that these two are not mixed.
 */
class MapLinearizabilityTest {

    private static final boolean SOAK = Boolean.getBoolean("penstock.soak");
    private static final AtomicReference<Grid> OPEN = new AtomicReference<>();
    private static final MapRef<Integer, Integer> MAP = MapRef.of("tried", Integer.class, Integer.class);

    @Test
    void operationsOfKeysOfOnePartitionAreLinearizable() {
        check(OnePartition.class, Reference.class);
    }

    @Test
    void operationsOfKeysOfSeveralPartitionsAreLinearizable() {
        check(FourPartitions.class, Reference.class);
    }

    @Test
    void whatExpiresIsGoneForAllAtOnce() {
        check(Expiring.class, ExpiringReference.class);
    }

    @Test
    void aViewShowsWhatIsWrittenAndNothingOlder() {
        check(Viewed.class, WriteReference.class);
    }

    @Test
    void aReaderOfTheContentAndTheChangesHasTheMap() {
        check(Followed.class, WriteReference.class);
    }

    private static void check(Class<?> tried, Class<?> reference) {
        new StressOptions()
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(1)
                .iterations(SOAK ? 50 : 8)
                .invocationsPerIteration(SOAK ? 3_000 : 200)
                .sequentialSpecification(reference)
                .check(tried);
    }

    /** Opens a grid for the calls to come, and closes that of the calls before: Lincheck makes an object for each. */
    private static GridMap<Integer, Integer> open(int partitions, LongSupplier clock) {
        Grid grid = Grid.embedded(config -> config
                .nanoClock(clock).map(MAP, map -> map.partitions(partitions)));
        Grid before = OPEN.getAndSet(grid);
        if (before != null) {
            before.close();
        }
        return grid.map(MAP);
    }

    private static GridMap<Integer, Integer> open(int partitions) {
        return open(partitions, System::nanoTime);
    }

    // ---- reads and writes

    /** Writes that say what they found. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public abstract static class Writes {

        final Map<Integer, Integer> map;

        Writes(Map<Integer, Integer> map) {
            this.map = map;
        }

        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.put(key, value);
        }

        @Operation
        public Integer putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.putIfAbsent(key, value);
        }

        @Operation
        public Integer remove(@Param(name = "key") int key) {
            return map.remove(key);
        }

        @Operation
        public Integer merge(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.merge(key, value, (before, added) -> before > 5 ? null : before + added);
        }

        @Operation
        public Integer compute(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.compute(key, (k, before) -> before == null ? Integer.valueOf(value) : null);
        }
    }

    /** All atomic operations of one key. */
    public abstract static class Operations extends Writes {

        Operations(Map<Integer, Integer> map) {
            super(map);
        }

        @Operation
        public Integer get(@Param(name = "key") int key) {
            return map.get(key);
        }

        @Operation
        public boolean containsKey(@Param(name = "key") int key) {
            return map.containsKey(key);
        }

        @Operation
        public boolean removeExpected(@Param(name = "key") int key, @Param(name = "value") int expected) {
            return map.remove(key, expected);
        }

        @Operation
        public Integer replace(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.replace(key, value);
        }

        @Operation
        public boolean replaceExpected(
                @Param(name = "key") int key, @Param(name = "value") int expected, @Param(name = "value") int value) {
            return map.replace(key, expected, value);
        }

        @Operation
        public Integer computeIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.computeIfAbsent(key, k -> value);
        }

        @Operation
        public Integer computeIfPresent(@Param(name = "key") int key) {
            return map.computeIfPresent(key, (k, before) -> before > 3 ? null : before + 1);
        }

        @Operation
        public Integer update(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map instanceof GridMap<Integer, Integer> grid
                    ? grid.update(key, before -> before == null ? value : before + value)
                    : map.merge(key, value, Integer::sum);
        }

        @Operation
        public String process(@Param(name = "key") int key, @Param(name = "value") int value) {
            if (map instanceof GridMap<Integer, Integer> grid) {
                return grid.process(key, entry -> {
                    String found = "found " + entry.value();
                    if (entry.value() == null) {
                        entry.put(value);
                    } else {
                        entry.remove();
                    }
                    return found;
                });
            }
            String found = "found " + map.get(key);
            map.compute(key, (k, before) -> before == null ? Integer.valueOf(value) : null);
            return found;
        }
    }

    public static final class OnePartition extends Operations {
        public OnePartition() {
            super(open(1));
        }
    }

    public static final class FourPartitions extends Operations {
        public FourPartitions() {
            super(open(4));
        }
    }

    public static final class Reference extends Operations {
        public Reference() {
            super(new HashMap<>());
        }
    }

    // ---- time to live

    /** Values with a time to live of 1 or 2 ticks of a clock that is another operation. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "ticks", gen = IntGen.class, conf = "1:2")
    public static final class Expiring {

        private final VirtualClock clock = new VirtualClock();
        private final GridMap<Integer, Integer> map = open(2, clock);

        @Operation
        public void tick() {
            clock.advance(Duration.ofHours(1));
        }

        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "ticks") int ticks) {
            return map.put(key, ticks, Duration.ofHours(ticks));
        }

        @Operation
        public Integer putIfAbsent(@Param(name = "key") int key, @Param(name = "ticks") int ticks) {
            return map.putIfAbsent(key, ticks, Duration.ofHours(ticks));
        }

        @Operation
        public Integer get(@Param(name = "key") int key) {
            return map.get(key);
        }

        @Operation
        public Integer remove(@Param(name = "key") int key) {
            return map.remove(key);
        }
    }

    public static final class ExpiringReference {

        private final Map<Integer, Integer> map = new HashMap<>();
        private final Map<Integer, Integer> deadlines = new HashMap<>();
        private int now;

        public void tick() {
            now++;
            map.keySet().removeIf(key -> deadlines.get(key) <= now);
        }

        public Integer put(int key, int ticks) {
            deadlines.put(key, now + ticks);
            return map.put(key, ticks);
        }

        public Integer putIfAbsent(int key, int ticks) {
            return map.containsKey(key) ? map.get(key) : put(key, ticks);
        }

        public Integer get(int key) {
            return map.get(key);
        }

        public Integer remove(int key) {
            return map.remove(key);
        }
    }

    // ---- views and changes

    public static final class Viewed extends Writes {

        private final LocalView<Integer, Integer> view;

        public Viewed() {
            super(open(2));
            view = ((GridMap<Integer, Integer>) map).localView();
        }

        @Operation
        public Integer read(@Param(name = "key") int key) {
            return view.reader().getLong(key);
        }
    }

    public static final class Followed extends Writes {

        private final Changes<Integer, Integer> changes;

        public Followed() {
            super(open(2));
            changes = ((GridMap<Integer, Integer>) map).changes();
        }

        @Operation
        public Integer read(@Param(name = "key") int key) {
            Map<Integer, Integer> copy = new HashMap<>();
            changes.fromContent().poll(change -> {
                if (change.after() == null) {
                    copy.remove(change.key());
                } else {
                    copy.put(change.key(), change.after());
                }
            }, Integer.MAX_VALUE);
            return copy.get(key);
        }
    }

    public static final class WriteReference extends Writes {

        public WriteReference() {
            super(new HashMap<>());
        }

        public Integer read(int key) {
            return map.get(key);
        }
    }
}
