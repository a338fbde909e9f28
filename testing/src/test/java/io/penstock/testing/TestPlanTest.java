package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.plan.Planner;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TestPlanTest {

    private static final Tag<Failure<Long>> BAD = Tag.of("bad");

    private final Pipeline pipeline = Pipeline.create();

    @Test
    void leavesEveryStageWhereItIs() {
        Stage<Long> numbers = pipeline.readFrom(Sources.generator(1, i -> i));
        numbers.map(i -> 1 / i, o -> o.onFailure(BAD)).writeTo(Sinks.noop());
        numbers.withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i)
                .mapStateful(Duration.ofHours(1), () -> 0, (state, key, i) -> i, o -> o.onFailure(BAD))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.logged());
        for (int workers : new int[] {1, 2, 4}) {
            String plan = Planner.plan(testPlan(workers).logical(), workers).explain();
            String withoutTaps = plan.lines()
                    .filter(line -> !line.contains("tap of "))
                    .collect(Collectors.joining("\n", "", "\n"));
            assertEquals(Planner.plan(pipeline.forHost(), workers).explain(), withoutTaps);
            assertEquals(1, plan.lines().filter(line -> line.endsWith("    tap of bad (tap)")).count(), plan);
        }
    }

    @Test
    void aSourceGoesByTheLargestLagBehindIt() {
        Stage<Long> numbers = pipeline.readFrom(Sources.items(1L));
        numbers.withTimestamps(i -> i, Duration.ofMillis(5)).writeTo(Sinks.noop());
        numbers.map(i -> i).withTimestamps(i -> i, Duration.ofMillis(9)).writeTo(Sinks.noop());
        Script script = testPlan(2).scripts().get("items");
        script.passTo(100);
        script.passTo(101);
        script.advanceTo(50);
        script.advanceTo(101);
        assertEquals(List.of(new Script.Watermark(91), new Script.Watermark(92), new Script.Watermark(101)),
                List.copyOf(script.ofInstance(0)));
    }

    @Test
    void aSourceBeforeNoTimestampsSendsNoWatermark() {
        pipeline.readFrom(Sources.items(1L)).writeTo(Sinks.noop());
        Script script = testPlan(2).scripts().get("items");
        script.passTo(100);
        script.advanceTo(100);
        assertFalse(script.ofInstance(0).iterator().hasNext());
    }

    private TestPlan testPlan(int workers) {
        return TestPlan.of(pipeline.forHost(), workers, new Random(1));
    }
}
