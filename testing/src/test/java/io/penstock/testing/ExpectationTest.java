package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.dag.Failure;
import io.penstock.dag.JobException;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An expectation that is not met says what was expected, what was found, when, and how to repeat it. */
class ExpectationTest {

    private static final MapRef<Integer, Integer> TENTHS = MapRef.of("tenths", Integer.class, Integer.class);
    private static final MapRef<Integer, float[]> ARRAYS = MapRef.of("arrays", Integer.class, float[].class);
    private static final Tag<Failure<Integer>> BAD = Tag.of("bad");

    private final Pipeline pipeline = Pipeline.create();

    /** Puts 10 / i under i. */
    private PipelineTest dividing(boolean withSideOutput) {
        pipeline.readFrom(Sources.items(0))
                .map(i -> new int[] {i, 10 / i}, o -> {
                    o.name("divide");
                    if (withSideOutput) {
                        o.onFailure(BAD);
                    }
                })
                .writeTo(Sinks.map(TENTHS, pair -> pair[0], pair -> pair[1]));
        if (withSideOutput) {
            pipeline.sideOutput(BAD).writeTo(Sinks.noop());
        }
        return PipelineTest.of(pipeline, o -> o.seed(42).workers(3));
    }

    private static String message(Executable expectation) {
        return assertThrows(AssertionError.class, expectation).getMessage();
    }

    @Test
    void showsWhatAMapHoldsInstead() {
        try (PipelineTest test = dividing(true)) {
            test.at("10:00", 1, 2);
            String standing = "\n  at 10:00, seed 42, 3 workers"
                    + "\n  events in > out: items 0 > 2, divide 2 > 2, map-tenths 2 > 0, bad 0 > 0, noop 0 > 0";
            assertEquals("map 'tenths': expected key 2 with 6, but found 5" + standing,
                    message(() -> test.expectOn(TENTHS, 2, 6)));
            assertEquals("map 'tenths': expected key 3 with 3, but it has no such key; it has:\n    1 = 10\n    2 = 5"
                    + standing, message(() -> test.expectOn(TENTHS, 3, 3)));
            assertEquals("""
                    map 'tenths': expected 2 entries, found 2:
                        different:  2 = 5, expected 6
                        missing:    3 = 3
                        unexpected: 1 = 10""" + standing,
                    message(() -> test.expectOn(TENTHS, Map.of(2, 6, 3, 3))));
            assertEquals("map 'tenths': expected nothing, but found:\n    1 = 10\n    2 = 5" + standing,
                    message(() -> test.expectNothingOn(TENTHS)));
            assertEquals("stage 'divide': expected count 'in' to be 3, but it is 2" + standing,
                    message(() -> test.expectCount("divide", "in", 3)));
        }
    }

    @Test
    void showsWhatASideOutputHoldsInstead() {
        try (PipelineTest test = dividing(true)) {
            test.send(0, 5);
            String standing = "\n  at no time yet, seed 42, 3 workers\n  events in > out: items 0 > 2,"
                    + " divide 2 > 1 [1 failures], map-tenths 1 > 0, bad 1 > 1, noop 1 > 0";
            String found = "stage 'divide', 0: ArithmeticException in the stage's function"
                    + " {cause=java.lang.ArithmeticException: / by zero}";
            assertEquals("side output 'bad': expected 2 events, but found 1:\n    " + found + standing,
                    message(() -> test.expectSideOutput(BAD, 2)));
            assertEquals("side output 'bad': expected 1 failure, found 1:\n"
                    + "    no failure (left) with the reason 'NullPointer'\n    not expected: " + found + standing,
                    message(() -> test.expectSideOutput(BAD, "NullPointer")));
            assertEquals("side output 'bad': expected an event for which the predicate holds, but found:\n    " + found
                    + standing, message(() -> test.expectSideOutput(BAD, failure -> failure.event() == 1)));
        }
    }

    @Test
    void reasonsMayComeInAnyOrderAndBePartsOfEachOther() {
        try (PipelineTest test = dividing(true)) {
            test.send(0, "x")
                    .expectSideOutput(BAD, "Exception in the stage's function", "ArithmeticException in the stage's")
                    .expectSideOutput(BAD, "ArithmeticException", "ClassCastException");
        }
    }

    @Test
    void comparesArraysByContent() {
        pipeline.readFrom(Sources.items(0)).writeTo(Sinks.map(ARRAYS, i -> i, i -> new float[] {i, 1}));
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.send(5).expectOn(ARRAYS, 5, new float[] {5, 1}).expectOn(ARRAYS, Map.of(5, new float[] {5, 1}));
            assertEquals("map 'arrays': expected key 5 with [1.0], but found [5.0, 1.0]",
                    message(() -> test.expectOn(ARRAYS, 5, new float[] {1})).split("\n")[0]);
        }
    }

    @Test
    void aJobThatMustFailMustFailThereAndForThatReason() {
        try (PipelineTest test = dividing(false)) {
            test.send(1);
            assertEquals("stage 'divide': expected the job to fail there, but it runs",
                    message(() -> test.expectFailure("divide")).split("\n")[0]);
            test.send(0).expectFailure("divide").expectFailure("divide", "by zero").expectOn(TENTHS, 1, 10);
            String failure = """
                    job 'test': stage 'divide': event of type Integer: ArithmeticException in the stage's function
                      caused by java.lang.ArithmeticException: / by zero
                      at no time yet, seed 42, 3 workers
                      events in > out: items 0 > 1, divide 2 > 1 [1 failures], map-tenths 1 > 0""";
            assertEquals("stage 'items': expected the job to fail there, but it failed elsewhere: " + failure,
                    message(() -> test.expectFailure("items")));
            assertEquals(
                    "stage 'divide': expected the job to fail there with 'overflow', but it failed with: " + failure,
                    message(() -> test.expectFailure("divide", "overflow")));
        }
    }

    @Test
    void aFailureThatNobodyExpectedIsThrownByTheNextCall() {
        try (PipelineTest test = dividing(false)) {
            test.send(0);
            AssertionError error = assertThrows(AssertionError.class, () -> test.expectNothingOn(TENTHS));
            assertEquals("the job was not expected to fail: job 'test': stage 'divide': event of type Integer:"
                    + " ArithmeticException in the stage's function", error.getMessage().split("\n")[0]);
            assertInstanceOf(JobException.class, error.getCause());
        }
    }

    @Test
    void aFailureThatNobodyHasSeenIsThrownByClose() {
        PipelineTest test = dividing(false);
        test.send(0);
        assertEquals("the job was not expected to fail", message(test::close).split(":")[0]);
        test.close();
    }

    @Test
    void aFailureAfterAFailureThatDidNotComeIsNotTakenForSeen() {
        PipelineTest test = dividing(false);
        message(() -> test.expectFailure("divide"));
        test.send(0);
        assertEquals("the job was not expected to fail", message(test::close).split(":")[0]);
    }

    @Test
    void saysThatAnEventHasTheWrongType() {
        try (PipelineTest test = dividing(false)) {
            test.send("x");
            String[] lines = message(() -> test.expectNothingOn(TENTHS)).split("\n");
            assertEquals("  (was an event of another type sent than the source's?)", lines[2]);
        }
    }

    @Test
    void aJobThatCannotStartHasFailed() {
        pipeline.readFrom(Sources.items(0))
                .apply(Infer.<Integer, Float>with("fraud", (i, row) -> row.put(i), (i, scores) -> scores.f32("p")))
                .writeTo(Sinks.noop());
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.expectFailure("infer", "there is no model 'fraud' in grid 'test'");
        }
        PipelineTest other = PipelineTest.of(pipeline);
        assertEquals("the job was not expected to fail", message(() -> other.send(1)).split(":")[0]);
        other.close();
    }

    @Test
    void aCompletedJobHasNotFailed() {
        try (PipelineTest test = dividing(false)) {
            test.end();
            assertEquals("stage 'divide': expected the job to fail there, but it has completed",
                    message(() -> test.expectFailure("divide")).split("\n")[0]);
        }
    }
}
