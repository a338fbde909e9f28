package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.NoopSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where loops begin and end. */
class LoopsTest {

    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");

    private final Pipeline pipeline = Pipeline.create();

    private Stage<Long> numbers() {
        return pipeline.readFrom(Sources.generator(1, index -> index));
    }

    private Plan plan(int workers) {
        return Planner.plan(PipelinePlans.of(pipeline), workers);
    }

    /** The loops of all vertices, a line each, and why other stages are in none. */
    private String loops(int workers) {
        Plan plan = plan(workers);
        StringBuilder text = new StringBuilder();
        for (Vertex vertex : plan.vertices()) {
            Loops loops = Loops.of(plan, vertex);
            loops.all().forEach(loop -> text.append(
                    String.join(" > ", loop.stream().map(StageNode::name).toList())).append('\n'));
            for (StageNode stage : vertex.stages()) {
                String reason = loops.reason(stage.name());
                assertEquals(reason == null, loops.loopOf(stage.name()) != null, stage.name());
                text.append(reason == null ? "" : stage.name() + ": " + reason + "\n");
            }
        }
        return text.toString();
    }

    @Test
    void aChainFromSourceToSinkIsOneLoop() {
        numbers().map(number -> number).filter(number -> true).withTimestamps(number -> number, Duration.ZERO)
                .flatMap(number -> Traverser.of(number)).writeTo(Sinks.noop());

        assertEquals("generator > map > filter > timestamps > flatMap > noop\n", loops(3));
    }

    @Test
    void aLoopEndsWhereRowsGoToSeveralReaders() {
        Stage<Long> mapped = numbers().map(number -> number);
        mapped.filter(number -> true).writeTo(Sinks.noop());
        mapped.writeTo(Sinks.logged());

        assertEquals("generator > map\nfilter > noop\nlogged\n", loops(1));
    }

    @Test
    void aSideOutputIsALoopOfItsOwnAndDoesNotEndThatOfItsStage() {
        numbers().map(number -> number, o -> o.onFailure(FAILED)).filter(number -> true).writeTo(Sinks.noop());
        pipeline.sideOutput(FAILED).writeTo(Sinks.logged());

        assertEquals("generator > map > filter > noop\nfailed > logged\n", loops(1));
    }

    @Test
    void aWindowOfOneStepEndsALoop() {
        window().map(result -> result).writeTo(Sinks.noop());

        assertEquals("generator > timestamps > window\nmap > noop\n", loops(1));
    }

    @Test
    void aWindowOfTwoStepsEndsALoopWithItsFirst() {
        window().map(result -> result).writeTo(Sinks.noop());

        assertEquals("""
                generator > timestamps > window-first
                map > noop
                window: adds up what the first step sends
                """, loops(2));
    }

    private Stage<?> window() {
        return numbers()
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting());
    }

    @Test
    void rowsOfAnotherVertexBeginALoop() {
        Stage<Long> mapped = numbers().map(number -> number);
        mapped.merge(mapped.filter(number -> true)).map(number -> number, o -> o.name("last")).writeTo(Sinks.noop());

        assertEquals("generator > map\nfilter\nmerge > last > noop\n", loops(1));
    }

    @Test
    void aSecondFlatMapAndASecondTimestampsBeginALoop() {
        numbers()
                .flatMap(number -> Traverser.of(number), o -> o.name("words"))
                .flatMap(number -> Traverser.of(number), o -> o.name("letters"))
                .withTimestamps(number -> number, Duration.ZERO)
                .withTimestamps(number -> number, Duration.ZERO)
                .writeTo(Sinks.noop());

        assertEquals("generator > words\nletters > timestamps\ntimestamps-2 > noop\n", loops(1));
    }

    @Test
    void aStepThatLooksAtWholeBatchesBeginsALoop() {
        numbers().custom("score", OperatorSpec.of("score", NoopSink::new)
                        .withRowForm(new RowForm.Batched((x, y) -> {}, (x, y) -> x)))
                .map(number -> number)
                .writeTo(Sinks.noop());

        assertEquals("generator\nscore > map > noop\n", loops(1));
    }

    @Test
    void operatorsThatNobodyKnowsAreNotCompiledAndSayWhy() {
        Stage<Long> numbers = pipeline.readFrom(SourceBuilder.batch("file", () -> 1)
                        .<Long>fillBufferFn((context, buffer) -> buffer.close()).build())
                .withTimestamps(number -> number, Duration.ZERO);
        Stage<Long> own = numbers.custom("own", OperatorSpec.of("own", NoopSink::new));
        own.groupingKey(number -> number)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, number) -> number)
                .writeTo(Sinks.noop());

        assertEquals("""
                timestamps
                noop
                file: reads through its own code
                own: an operator of its own
                mapStateful: keeps state by key
                """, loops(1));
    }

    @Test
    void longChainsAreCut() {
        Stage<Long> last = numbers();
        for (int stage = 1; stage < 2 * Loops.STAGES_MAX; stage++) {
            last = last.map(number -> number);
        }
        last.writeTo(Sinks.noop());

        Plan plan = plan(1);
        List<Integer> sizes = new ArrayList<>();
        Loops.of(plan, plan.vertices().get(0)).all().forEach(loop -> sizes.add(loop.size()));
        assertEquals(List.of(Loops.STAGES_MAX, Loops.STAGES_MAX, 1), sizes);
    }

    @Test
    void aStageKnowsItsLoop() {
        numbers().map(number -> number).writeTo(Sinks.noop());
        Plan plan = plan(1);
        Loops loops = Loops.of(plan, plan.vertices().get(0));

        assertSame(loops.all().get(0), loops.loopOf("map"));
        assertNull(loops.loopOf("nothing"));
    }
}
