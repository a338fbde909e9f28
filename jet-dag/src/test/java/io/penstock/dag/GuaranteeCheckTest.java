package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.MapEach;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each end can give, and how a job is refused that wants more. */
class GuaranteeCheckTest {

    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);

    @TempDir
    private Path folder;

    @Test
    void everySourceGivesWhatItCan() throws IOException {
        Path file = Files.writeString(folder.resolve("lines"), "a\n");
        SourceBuilder.WithFill<Integer, Object> built = SourceBuilder.batch("built", () -> 0)
                .fillBufferFn((context, buffer) -> buffer.close());
        Map<Source<?>, Guarantee> sources = Map.of(
                Sources.items(1, 2), Guarantee.EXACTLY_ONCE,
                Sources.collection(List.of(1)), Guarantee.EXACTLY_ONCE,
                Sources.generator(10, i -> i), Guarantee.EXACTLY_ONCE,
                Sources.mapChanges(NUMBERS), Guarantee.EXACTLY_ONCE,
                Sources.lines(file), Guarantee.EXACTLY_ONCE,
                built.createSnapshotFn(context -> 0).restoreSnapshotFn((context, saved) -> {}).build(),
                Guarantee.EXACTLY_ONCE,
                built.build(), Guarantee.NONE,
                Sources.feed("feed", Long.class), Guarantee.NONE);
        sources.forEach((source, given) -> assertGives(given, pipeline(source, Sinks.noop())));
    }

    @Test
    void everySinkGivesWhatItCan() {
        Source<Long> source = Sources.generator(10, i -> i);
        assertGives(Guarantee.EXACTLY_ONCE, pipeline(source, Sinks.map(NUMBERS, i -> i)));
        assertGives(Guarantee.EXACTLY_ONCE, pipeline(source, Sinks.logged()));
        assertGives(Guarantee.EXACTLY_ONCE, pipeline(source, Sinks.noop()));
        assertGives(Guarantee.NONE, pipeline(source, Sinks.reply()));
    }

    private static <T> Pipeline pipeline(Source<? extends T> source, Sink<T> sink) {
        Pipeline pipeline = Pipeline.create();
        Stage<T> stage = pipeline.readFrom(source).map(event -> event);
        stage.writeTo(sink);
        return pipeline;
    }

    private static void assertGives(Guarantee given, Pipeline pipeline) {
        for (Guarantee wanted : Guarantee.values()) {
            if (wanted.compareTo(given) <= 0) {
                GuaranteeCheck.check(pipeline.logicalPlan(), wanted);
            } else {
                assertThrows(IllegalArgumentException.class,
                        () -> GuaranteeCheck.check(pipeline.logicalPlan(), wanted), () -> pipeline.explain(1));
            }
        }
    }

    @Test
    void namesTheEndItsLineWhatItCanGiveAndTheWayOut() {
        Pipeline pipeline = pipeline(Sources.feed("prices", Long.class), Sinks.noop());
        try (Grid grid = Grid.embedded()) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> Jobs.of(grid).submit(pipeline, o -> o.guarantee(Guarantee.EXACTLY_ONCE)))
                    .getMessage();
            assertTrue(message.matches("stage 'prices' \\(GuaranteeCheckTest.java:\\d+\\), feed, can give NONE, but the"
                    + " job is to give EXACTLY_ONCE; begin with a source that .*, or submit the job with"
                    + " o.guarantee\\(Guarantee.NONE\\)"), message);
            assertEquals(List.of(), Jobs.of(grid).jobs());
        }
    }

    @Test
    void aStepInTheMiddleCountsToo() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(1L))
                .<Long>custom("send", OperatorSpec.of("mailer", () -> new MapEach<Long, Long>(i -> i))
                        .withGuarantee(Guarantee.AT_LEAST_ONCE))
                .writeTo(Sinks.noop());
        assertGives(Guarantee.AT_LEAST_ONCE, pipeline);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> GuaranteeCheck.check(pipeline.logicalPlan(), Guarantee.EXACTLY_ONCE))
                .getMessage();
        assertTrue(message.startsWith("stage 'send' (") && message.contains("mailer, can give AT_LEAST_ONCE")
                && message.endsWith("such as Sinks.map, or submit the job with o.guarantee(Guarantee.AT_LEAST_ONCE)"),
                message);
    }
}
