package io.penstock.grid;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.penstock.grid.testing.GridHost;
import io.penstock.grid.testing.GridMapContract;
import io.penstock.grid.testing.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** An embedded grid's maps do what every map does, whichever parts of the store their settings bring into play. */
class EmbeddedMapContractTest {

    /** Settings under which all claims hold, and the reading at which the clock begins. */
    private enum Variant {
        DEFAULTS(0, config -> {}),
        ONE_PARTITION(System.nanoTime(), config -> config.partitions(1)),
        EVICTS_THE_LEAST_USED(-1, config -> config.maxEntries(100_000).eviction(Eviction.LEAST_USED)),
        EVICTS_THE_FIRST(Long.MIN_VALUE,
                config -> config.partitions(4).maxEntries(100_000).eviction(Eviction.INSERTION_ORDER)),
        COUNTS_BYTES(5, config -> config.maxBytes(1 << 30)),
        EXPIRES(Long.MAX_VALUE - 500_000_000, config -> config.ttl(Duration.ofHours(1))),
        IS_FOLLOWED(-500_000_000, config -> config.partitions(2)) {
            @Override
            void opened(GridMap<?, ?> map) {
                map.localView();
                map.changes();
                map.listen(change -> {});
            }
        };

        private final long startNs;
        private final Consumer<MapConfig> settings;

        Variant(long startNs, Consumer<MapConfig> settings) {
            this.startNs = startNs;
            this.settings = settings;
        }

        void opened(GridMap<?, ?> map) {}
    }

    private static final class EmbeddedHost implements GridHost {

        private final Variant variant;
        private final VirtualClock clock;

        EmbeddedHost(Variant variant) {
            this.variant = variant;
            clock = new VirtualClock(variant.startNs);
        }

        @Override
        public Grid openGrid(Consumer<GridConfig> settings) {
            return Grid.embedded(settings.andThen(config -> config.nanoClock(clock)));
        }

        @Override
        public void advance(Duration time) {
            clock.advance(time);
        }

        @Override
        public void configure(MapConfig config) {
            variant.settings.accept(config);
        }

        @Override
        public void opened(GridMap<?, ?> map) {
            variant.opened(map);
        }
    }

    @TestFactory
    Stream<DynamicContainer> doesWhatEveryMapDoes() {
        return Arrays.stream(Variant.values())
                .map(variant -> dynamicContainer(variant.name(), GridMapContract.checks().stream()
                        .map(check -> dynamicTest(
                                variant + " " + check, () -> check.run(new EmbeddedHost(variant))))));
    }
}
