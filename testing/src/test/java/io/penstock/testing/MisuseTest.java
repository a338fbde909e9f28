package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Wrong use is refused in words that lead to the right one. */
class MisuseTest {

    private final Pipeline pipeline = Pipeline.create();

    private PipelineTest numbers() {
        pipeline.readFrom(Sources.items(1L))
                .withTimestamps(i -> i, Duration.ZERO)
                .map(i -> i + 1)
                .writeTo(Sinks.noop());
        return PipelineTest.of(pipeline);
    }

    private static String refusal(Class<? extends RuntimeException> type, Executable call) {
        return assertThrows(type, call).getMessage();
    }

    @Test
    void anUnknownSourceIsAnsweredWithThoseThereAre() {
        try (PipelineTest test = numbers()) {
            assertEquals("the pipeline has no source 'payments'; its sources are [items]",
                    refusal(IllegalArgumentException.class, () -> test.into("payments", 1L)));
        }
    }

    @Test
    void ofSeveralSourcesOneMustBeNamed() {
        pipeline.readFrom(Sources.items(1)).merge(pipeline.readFrom(Sources.items(2))).writeTo(Sinks.noop());
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            assertEquals(
                    "the pipeline has several sources, [items, items-2]; say which: at(time).into(source, event...)",
                    refusal(IllegalArgumentException.class, () -> test.at("10:00", 1)));
            test.at("09:00").into("items-2", 1).expectCount("merge", "in", 1);
        }
    }

    @Test
    void timeDoesNotGoBack() {
        try (PipelineTest test = numbers()) {
            test.advanceTo("10:00");
            assertTrue(refusal(IllegalArgumentException.class, () -> test.at("09:59", 1L))
                    .startsWith("time cannot go back from 10:00 to 09:59; "));
            test.expectCount("items", "out", 0);
        }
    }

    @Test
    void nothingComesAfterTheEnd() {
        try (PipelineTest test = numbers()) {
            test.send(1L).end();
            String message = "the sources have ended; send events and advance time before end()";
            assertEquals(message, refusal(IllegalStateException.class, () -> test.send(2L)));
            assertEquals(message, refusal(IllegalStateException.class, () -> test.advanceTo("10:00")));
            assertEquals(message, refusal(IllegalStateException.class, test::end));
            test.expectCount("noop", "in", 1);
        }
    }

    @Test
    void nothingComesAfterClose() {
        PipelineTest test = numbers();
        test.close();
        test.close();
        assertEquals("the test is closed; make a new one",
                refusal(IllegalStateException.class, () -> test.send(2L)));
    }

    @Test
    void anEventOfAWrongTypeFailsTheStageThatFindsOut() {
        try (PipelineTest test = numbers()) {
            test.send("one").expectFailure("timestamps", "ClassCastException");
            assertTrue(refusal(IllegalStateException.class, () -> test.send(1L))
                    .startsWith("the job has failed and takes no more input: job 'test': stage 'timestamps'"));
        }
    }

    @Test
    void anEventIsNotNull() {
        try (PipelineTest test = numbers()) {
            assertEquals("an event for source 'items' is null",
                    refusal(IllegalArgumentException.class, () -> test.send(1L, null)));
        }
    }

    @Test
    void unknownStagesCountersAndTagsAreAnsweredWithThoseThereAre() {
        try (PipelineTest test = numbers()) {
            assertEquals("the pipeline has no stage 'score'; its stages are [items, timestamps, map, noop]",
                    refusal(IllegalArgumentException.class, () -> test.expectCount("score", "in", 1)));
            assertEquals("the pipeline has no stage 'score'; its stages are [items, timestamps, map, noop]",
                    refusal(IllegalArgumentException.class, () -> test.expectFailure("score")));
            assertEquals("stage 'map' has no counter 'misses'; it has [failures, in, out]",
                    refusal(IllegalArgumentException.class, () -> test.expectCount("map", "misses", 1)));
            assertEquals("the pipeline has no side output 'late'; it has []",
                    refusal(IllegalArgumentException.class, () -> test.expectSideOutput(Tag.of("late"), 1)));
        }
    }

    @Test
    void aPipelineThatCouldNotBeSubmittedIsRefused() {
        Object culprit = new Object();
        pipeline.readFrom(Sources.items(1L)).filter(i -> culprit.equals(i)).writeTo(Sinks.noop());
        String message = refusal(IllegalArgumentException.class, () -> PipelineTest.of(pipeline));
        assertTrue(message.contains("stage 'filter' (MisuseTest.java:"), message);
    }

    @Test
    void settingsHaveLimits() {
        assertEquals("workers must be from 1 to 1024, but is 0",
                refusal(IllegalArgumentException.class, () -> PipelineTest.of(pipeline, o -> o.workers(0))));
    }

    @Test
    void theSourceItselfIsNeverOpened() {
        pipeline.readFrom(SourceBuilder.batch("broker", MisuseTest::unreachable)
                .<Long>fillBufferFn((context, buffer) -> buffer.close()).build()).writeTo(Sinks.noop());
        try (PipelineTest test = PipelineTest.of(pipeline)) {
            test.into("broker", 1L).end().expectCount("noop", "in", 1);
        }
    }

    private static Object unreachable() {
        throw new AssertionError("a test opened the real source");
    }
}
