package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Traverser;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures in loops name the right stage, in messages and in stack traces. */
class LoopFailureTest {

    private static final MapRef<Long, Long> VALUES = MapRef.of("values", Long.class, Long.class);
    private static final long FATAL = 7;

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    private static Long failing(Long number) {
        if (number == FATAL) {
            throw new IllegalStateException("broken");
        }
        return number;
    }

    private Stage<Long> numbers() {
        return pipeline.readFrom(Sources.generator(100, index -> index)).map(number -> number, o -> o.name("same"));
    }

    private JobException failure(long mapSize) {
        return run(mapSize).failure();
    }

    private SteppedJob run(long mapSize) {
        try (SteppedJob job = SteppedJob.start(
                grid, "test", Planner.plan(PipelinePlans.of(pipeline), 1, ref -> mapSize), new Random(1))) {
            job.runUntilIdle();
            return job;
        }
    }

    /** The frame of the loop that has called the user's function. */
    private static StackTraceElement loopFrame(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.penstock.dag.compile.Loop$"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no loop in the trace", cause));
    }

    @Test
    void theStackTraceShowsTheLoopWithTheStageAsItsLine() {
        numbers().map(LoopFailureTest::failing, o -> o.name("break")).writeTo(Sinks.noop());

        JobException failure = failure(1);

        assertEquals("break", failure.stage());
        StackTraceElement frame = loopFrame(failure.getCause());
        assertEquals("io.penstock.dag.compile.Loop$generator$same$break$noop", frame.getClassName());
        assertEquals("run", frame.getMethodName());
        assertEquals("generator > same > break > noop", frame.getFileName());
        assertEquals(3, frame.getLineNumber());
    }

    @Test
    void rowsAreCountedUpToTheOneThatFails() {
        numbers().map(LoopFailureTest::failing, o -> o.name("break")).filter(number -> true).writeTo(Sinks.noop());

        JobMetrics metrics = run(1).metrics();

        assertEquals(FATAL + 1, metrics.eventsIn("break"));
        assertEquals(FATAL, metrics.eventsOut("break"));
        assertEquals(1, metrics.count("break", "failures"));
        assertEquals(FATAL, metrics.eventsIn("filter"));
        assertEquals(FATAL, metrics.eventsIn("noop"));
    }

    @Test
    void theSourceIsTheFirstLine() {
        pipeline.readFrom(Sources.generator(100, LoopFailureTest::failing)).writeTo(Sinks.noop());

        JobException failure = failure(1);

        assertEquals("generator", failure.stage());
        assertEquals(1, loopFrame(failure.getCause()).getLineNumber());
    }

    /** A look-up amid the loop, and one with which a loop begins. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void functionsOfLookUpsShowTheirLine(long mapSize) {
        grid.map(VALUES).put(1L, 1L);
        numbers().<Long>custom("find", LookUpStep.spec(
                        VALUES, LoopFailureTest::failing, (Long number, Long value) -> value,
                        new FailurePolicy.Skip(), null))
                .map(number -> number).writeTo(Sinks.noop());

        JobException failure = failure(mapSize);

        assertEquals("find", failure.stage());
        StackTraceElement frame = loopFrame(failure.getCause());
        assertEquals(mapSize == 1 ? 3 : 1, frame.getLineNumber(), frame::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void aLookUpInAClosedViewNamesItsStage(long mapSize) {
        numbers().filter(number -> {
                    if (number == FATAL) {
                        LookUpStep.lastOpened().closeView();
                    }
                    return true;
                })
                .<Long>custom("find", LookUpStep.spec(
                        VALUES, (Long number) -> number, (number, value) -> value, new FailurePolicy.Skip(), 1L))
                .map(number -> number).writeTo(Sinks.noop());

        JobException failure = failure(mapSize);

        assertEquals("find", failure.stage());
        assertEquals(GridException.class, failure.getCause().getClass());
    }

    /** What is done with rare rows stands behind the loop, but belongs to its stage. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void aStageThatThrowsOverAMissIsNamed(long mapSize) {
        OperatorSpec spec = LookUpStep.spec(
                VALUES, (Long number) -> number, (number, value) -> value, LookUpStep.THROWING, null);
        numbers().<Long>custom("find", spec).map(number -> number).map(number -> number).writeTo(Sinks.noop());

        assertEquals("find", failure(mapSize).stage());
    }

    @Test
    void aFailureAmidItemsNamesTheFlatMap() {
        numbers().flatMap(number -> counting(number), o -> o.name("flat"))
                .filter(number -> false, o -> o.name("none"))
                .writeTo(Sinks.noop());

        JobException failure = failure(1);

        assertEquals("flat", failure.stage());
        assertEquals(3, loopFrame(failure.getCause()).getLineNumber());
    }

    /** Two items, and then the number itself. */
    private static Traverser<Long> counting(long number) {
        long[] item = {number - 3};
        return () -> ++item[0] > number ? null : failing(item[0]);
    }
}
