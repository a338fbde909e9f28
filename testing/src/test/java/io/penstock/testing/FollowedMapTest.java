package io.penstock.testing;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Pipelines that follow a map see what the test puts into it. */
class FollowedMapTest {

    private static final MapRef<String, Long> PRICES = MapRef.of("prices", String.class, Long.class);
    private static final MapRef<String, Long> DOUBLED = MapRef.of("doubled", String.class, Long.class);

    private static Pipeline doubling(Consumer<MapChangesOptions> options) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(PRICES, options))
                .filter(change -> change.after() != null)
                .writeTo(Sinks.map(DOUBLED, MapChange::key, change -> 2 * change.after()));
        return pipeline;
    }

    @Test
    void givesWhatIsPutBetweenTwoCalls() {
        try (PipelineTest test = PipelineTest.of(doubling(options -> {}))) {
            test.with(PRICES, "before the start", 1L)
                    .expectNothingOn(DOUBLED)
                    .with(PRICES, Map.of("a", 1L, "b", 2L))
                    .expectOn(DOUBLED, Map.of("a", 2L, "b", 4L))
                    .with(PRICES, "a", 5L)
                    .expectOn(DOUBLED, Map.of("a", 10L, "b", 4L));
        }
    }

    @Test
    void beginsWithTheContentIfThePipelineDoes() {
        for (long seed = 0; seed < 20; seed++) {
            long of = seed;
            try (PipelineTest test =
                    PipelineTest.of(doubling(MapChangesOptions::fromContent), o -> o.seed(of).workers(4))) {
                test.with(PRICES, Map.of("a", 1L, "b", 2L, "c", 3L))
                        .expectOn(DOUBLED, Map.of("a", 2L, "b", 4L, "c", 6L));
            }
        }
    }

    @Test
    void aTestMaySendChangesOfItsOwn() {
        try (PipelineTest test = PipelineTest.of(doubling(options -> {}))) {
            test.send(new MapChange<>(0, 0, MapChange.Kind.PUT, "made up", null, 3L))
                    .expectOn(DOUBLED, Map.of("made up", 6L));
        }
    }

    @Test
    void windowsOverChangesGoByTheTimeOfTheTest() {
        MapRef<String, Long> counts = MapRef.of("counts", String.class, Long.class);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(PRICES))
                .withTimestamps(MapChange::after, Duration.ZERO)
                .groupingKey(MapChange::key)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(counts, KeyedWindowResult::key, KeyedWindowResult::result));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.at("00:00:00")
                    .with(PRICES, "a", 100L)
                    .with(PRICES, "a", 200L)
                    .expectNothingOn(counts)
                    .advanceTo("00:00:01")
                    .expectOn(counts, Map.of("a", 2L));
        }
    }
}
