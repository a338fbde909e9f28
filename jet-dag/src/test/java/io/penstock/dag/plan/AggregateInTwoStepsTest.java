package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.PassThrough;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateInTwoStepsTest {

    private static final FunctionEx<Object, Object> KEY = x -> x;
    private static final OperatorSpec STEP = OperatorSpec.of("step", PassThrough::new);
    private static final OperatorSpec SPLITTABLE = STEP.withFirstStep(
            new OperatorSpec.FirstStep(OperatorSpec.of("first half", PassThrough::new), KEY));
    private static final Tag<Failure<Long>> LATE = Tag.of("late");
    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");

    private final AggregateInTwoSteps rule = new AggregateInTwoSteps();

    @Test
    void aggregatesBeforeTheExchange() {
        Plan plan = plan(vertex(4, "read", STEP), vertex(4, "sum", SPLITTABLE, keyed("read")));

        assertEquals("""
                vertex 1 x4
                  read (step)
                    -> vertex 2 sum-first, forward
                vertex 2 x4
                  sum-first (first half)
                    -> vertex 3 sum, keyed
                vertex 3 x4
                  sum (step)
                """, rule.apply(plan).explain());
    }

    @Test
    void aggregatesEachOfSeveral() {
        Plan plan = plan(
                vertex(2, "read", STEP),
                vertex(2, "sum", SPLITTABLE, keyed("read")),
                vertex(2, "total", SPLITTABLE, keyed("sum")));

        assertEquals("""
                vertex 1 x2
                  read (step)
                    -> vertex 2 sum-first, forward
                vertex 2 x2
                  sum-first (first half)
                    -> vertex 3 sum, keyed
                vertex 3 x2
                  sum (step)
                    -> vertex 4 total-first, forward
                vertex 4 x2
                  total-first (first half)
                    -> vertex 5 total, keyed
                vertex 5 x2
                  total (step)
                """, rule.apply(plan).explain());
    }

    @Test
    void takesAnotherNameIfTheUserHasTakenTheFirst() {
        Plan plan = plan(
                vertex(2, "sum-first", STEP),
                vertex(2, "sum-first-2", STEP, forward("sum-first")),
                vertex(2, "sum", SPLITTABLE, keyed("sum-first-2")));

        assertEquals("""
                vertex 1 x2
                  sum-first (step)
                    -> vertex 2 sum-first-2, forward
                vertex 2 x2
                  sum-first-2 (step)
                    -> vertex 3 sum-first-3, forward
                vertex 3 x2
                  sum-first-3 (first half)
                    -> vertex 4 sum, keyed
                vertex 4 x2
                  sum (step)
                """, rule.apply(plan).explain());
    }

    @Test
    void bothStepsAreTheUsersStage() {
        Plan plan = rule.apply(plan(vertex(2, "read", STEP), vertex(2, "sum", SPLITTABLE, keyed("read"))));

        StageNode first = plan.vertices().get(1).root();
        StageNode second = plan.vertices().get(2).root();
        assertEquals(StageNode.Part.FIRST, first.part());
        assertEquals(StageNode.Part.SECOND, second.part());
        assertEquals(List.of("sum", "sum"), List.of(first.userStage(), second.userStage()));
        assertSame(plan, rule.apply(plan), "splits what is split");
    }

    @Test
    void keepsTheExchangeIfRowsComeFromFewerInstances() {
        Plan plan = plan(vertex(1, "read", STEP), vertex(4, "sum", SPLITTABLE, keyed("read")));

        assertSame(plan, rule.apply(plan));
    }

    @Test
    void keepsStepsThatNeedNoExchangeOrCannotBeginBeforeIt() {
        Plan plan = plan(
                vertex(1, "read", STEP),
                vertex(1, "sum", SPLITTABLE, keyed("read").withoutExchange()),
                vertex(1, "count", STEP, keyed("read")));

        assertSame(plan, rule.apply(plan));
    }

    @Test
    void sideOutputsOfBothStepsReachTheirReader() {
        OperatorSpec withSides = SPLITTABLE.withSideOutput(LATE).withSideOutput(FAILED);
        Plan plan = plan(
                vertex(2, "read", STEP),
                vertex(2, "sum", withSides, keyed("read")),
                vertex(2, "late", STEP, new StageInput("sum", 1, null)),
                vertex(2, "both", STEP, new StageInput("sum", 1, null), new StageInput("sum", 2, null)),
                vertex(2, "main", STEP, forward("sum")));

        assertEquals("""
                vertex 1 x2
                  read (step)
                    -> vertex 2 sum-first, forward
                vertex 2 x2
                  sum-first (first half)
                    -> vertex 3 sum, keyed
                    -> vertex 4 late, input 1, forward
                    -> vertex 5 both, input 1, forward
                    -> vertex 5 both, input 3, forward
                vertex 3 x2
                  sum (step)
                    -> vertex 4 late, input 0, forward
                    -> vertex 5 both, input 0, forward
                    -> vertex 5 both, input 2, forward
                    -> vertex 6 main, forward
                vertex 4 x2
                  late (step)
                vertex 5 x2
                  both (step)
                vertex 6 x2
                  main (step)
                """, rule.apply(plan).explain());
    }

    @Test
    void theWholePlannerSplitsAWindowOnSeveralWorkersOnly() {
        assertEquals("""
                vertex 1 x1
                  generator
                    timestamps
                      sums (tumblingWindow)
                        late (sideOutput)
                          noop (noop sink)
                        noop-2 (noop sink)
                """, explain(Sources.generator(1, index -> index), 1));
        assertEquals("""
                vertex 1 x2
                  generator
                    timestamps
                      sums-first (window, first step)
                        -> vertex 2 sums, keyed
                        -> vertex 3 late, input 1, forward
                vertex 2 x2
                  sums (tumblingWindow)
                    noop-2 (noop sink)
                    -> vertex 3 late, input 0, forward
                vertex 3 x2
                  late (sideOutput)
                    noop (noop sink)
                """, explain(Sources.generator(1, index -> index), 2));
        assertEquals("""
                vertex 1 x1
                  items
                    timestamps
                      -> vertex 2 sums, keyed
                vertex 2 x2
                  sums (tumblingWindow)
                    late (sideOutput)
                      noop (noop sink)
                    noop-2 (noop sink)
                """, explain(Sources.items(1L), 2));
    }

    private static String explain(Source<Long> source, int workers) {
        Pipeline pipeline = Pipeline.create();
        Stage<?> sums = pipeline.readFrom(source)
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting(), o -> o.name("sums").onLate(LATE));
        pipeline.sideOutput(LATE).writeTo(Sinks.noop());
        sums.writeTo(Sinks.noop());
        return Planner.plan(PipelinePlans.of(pipeline), workers).explain();
    }

    private static StageInput forward(String from) {
        return new StageInput(from, 0, null);
    }

    private static StageInput keyed(String from) {
        return new StageInput(from, 0, KEY);
    }

    private static Vertex vertex(int parallelism, String name, OperatorSpec spec, StageInput... inputs) {
        return new Vertex(parallelism, List.of(
                new StageNode(name, "Test.java:1", spec, List.of(inputs), StageNode.PLANNED)));
    }

    private static Plan plan(Vertex... vertices) {
        return new Plan(List.of(vertices));
    }
}
