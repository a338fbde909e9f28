package io.penstock.dag.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.PlanText;
import io.penstock.dag.plan.Planner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallPlanTest {

    private static final Tag<Failure<Long>> BAD = Tag.of("bad");

    private final Pipeline pipeline = Pipeline.create();

    private Stage<Long> calls() {
        return pipeline.readFrom(Sources.calls("numbers", Long.class)).withTimestamps(i -> i, Duration.ZERO);
    }

    private String refusal() {
        LogicalPlan plan = pipeline.forHost();
        return assertThrows(IllegalArgumentException.class, () -> new CallPlan(plan)).getMessage();
    }

    @Test
    void refusesAPipelineWithoutCalls() {
        pipeline.readFrom(Sources.items(1L)).writeTo(Sinks.reply());
        assertEquals("the pipeline takes no calls; begin with readFrom(Sources.calls(name, type)), or submit it",
                refusal());
    }

    @Test
    void refusesTwoSourcesOfCalls() {
        calls().merge(pipeline.readFrom(Sources.calls("others", Long.class))).writeTo(Sinks.reply());
        assertTrue(refusal().startsWith("the pipeline takes calls in 2 places, ['numbers' (CallPlanTest.java:"), refusal());
    }

    @Test
    void refusesAPipelineWithoutReply() {
        calls().writeTo(Sinks.noop());
        assertTrue(refusal().endsWith("but answers none; add writeTo(Sinks.reply())"), refusal());
    }

    @Test
    void refusesAReplyWhereNoCallComes() {
        calls().writeTo(Sinks.reply());
        pipeline.readFrom(Sources.items(1L)).writeTo(Sinks.reply());
        assertTrue(refusal().startsWith("stage 'reply-2' (CallPlanTest.java:"), refusal());
        assertTrue(refusal().endsWith("replies, but no call of stage 'numbers' comes there"), refusal());
    }

    @Test
    void refusesAWindowBeforeAReplyAndNamesTheWayOut() {
        Stage<Long> numbers = calls();
        numbers.writeTo(Sinks.reply());
        numbers.groupingKey(i -> i)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.reply());
        assertTrue(refusal().startsWith("stage 'window' (CallPlanTest.java:"), refusal());
        assertTrue(refusal().endsWith("or move it to a branch that does not reply"), refusal());
    }

    @Test
    void refusesStepsInTimeOrderAndJoinsBeforeAReply() {
        calls().groupingKey(i -> i)
                .mapStateful(Duration.ofHours(1), () -> 1, (state, key, i) -> i, o -> o.inTimeOrder(Long::compare))
                .writeTo(Sinks.reply());
        assertTrue(refusal().contains("use mapStateful without inTimeOrder"), refusal());
    }

    @Test
    void leavesThePlansShapeAsItWas() {
        Stage<Long> numbers = calls();
        numbers.filter(i -> i > 0).groupingKey(i -> i).mapStateful(Duration.ofHours(1), () -> 1, (state, key, i) -> i)
                .writeTo(Sinks.reply());
        numbers.groupingKey(i -> i % 2)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        LogicalPlan plan = pipeline.forHost();
        LogicalPlan served = new CallPlan(plan).withSource(() -> null);
        assertEquals(Planner.plan(plan, 3).explain(), Planner.plan(served, 3).explain());
    }

    @Test
    void compilesWhatItWouldWithoutCalls() {
        Stage<Long> kept = calls().filter(i -> i > 0).map(i -> i + 1).flatMap(i -> Traverser.of(i), o -> o.onFailure(BAD));
        kept.merge(kept.map(i -> -i)).writeTo(Sinks.reply());
        Stage<Long> bad = pipeline.sideOutput(BAD).map(failure -> failure.event());
        bad.writeTo(Sinks.logged());
        bad.groupingKey(i -> i)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        LogicalPlan plan = pipeline.forHost();
        LogicalPlan served = new CallPlan(plan).withSource(() -> null);
        String explanation = PlanText.explain(Planner.plan(served, 3));
        assertEquals(PlanText.explain(Planner.plan(plan, 3)), explanation);
        assertEquals(1, explanation.lines().filter(line -> line.contains("interpreted: ")).count(), explanation);
        assertTrue(explanation.contains("interpreted: reads through its own code"), explanation);
    }

    @Test
    void touchesNoStageThatSeesNoCalls() {
        calls().writeTo(Sinks.reply());
        pipeline.readFrom(Sources.items(1L)).map(i -> i).writeTo(Sinks.noop());
        LogicalPlan plan = pipeline.forHost();
        LogicalPlan served = new CallPlan(plan).withSource(() -> null);
        for (int i = 0; i < plan.stages().size(); i++) {
            String stage = plan.stages().get(i).name();
            boolean same = plan.stages().get(i).spec().supplier() == served.stages().get(i).spec().supplier();
            assertEquals(!stage.equals("numbers") && !stage.equals("timestamps"), same, stage);
        }
    }
}
