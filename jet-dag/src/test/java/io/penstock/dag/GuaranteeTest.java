package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.MapRef;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuaranteeTest {

    private static final MapRef<String, String> MAP = MapRef.of("texts", String.class, String.class);

    @Test
    void whatCanBeReadAgainGivesExactlyOnce() {
        List<Source<?>> sources = List.of(Sources.items("a"), Sources.generator(1, i -> i),
                Sources.mapChanges(MAP), Sources.lines(Path.of("text")), replayable());
        sources.forEach(source -> assertEquals(Guarantee.EXACTLY_ONCE, source.spec().guarantee(), source.name()));
    }

    @Test
    void whatComesOnceGivesNone() {
        List<Source<?>> sources = List.of(Sources.calls("ask", String.class), Sources.feed("feed", String.class),
                SourceBuilder.batch("built", Object::new).fillBufferFn((o, buffer) -> {}).build());
        sources.forEach(source -> assertEquals(Guarantee.NONE, source.spec().guarantee(), source.name()));
    }

    @Test
    void sinksThatARepeatedWriteDoesNotChangeGiveExactlyOnce() {
        List<Sink<?>> sinks = List.of(Sinks.map(MAP, text -> text), Sinks.logged(), Sinks.noop());
        sinks.forEach(sink -> assertEquals(Guarantee.EXACTLY_ONCE, sink.spec().guarantee(), sink.name()));
        assertEquals(Guarantee.NONE, Sinks.reply().spec().guarantee(), "an answer");
    }

    @Test
    void aStepKeepsItsGuaranteeWhateverElseIsSaidOfIt() {
        Tag<Failure<String>> failed = Tag.of("failed");
        OperatorSpec spec = OperatorSpec.of("step", PassThrough::new)
                .withGuarantee(Guarantee.AT_LEAST_ONCE)
                .withSideOutput(failed)
                .withSupplier(PassThrough::new)
                .withTimestampsNeeded()
                .secondHalf();
        assertEquals(Guarantee.AT_LEAST_ONCE, spec.guarantee());
    }

    private static Source<String> replayable() {
        return SourceBuilder.batch("built", () -> new int[1])
                .<String>fillBufferFn((place, buffer) -> buffer.close())
                .createSnapshotFn(place -> place[0])
                .restoreSnapshotFn((place, places) -> place[0] = places.get(0))
                .destroyFn(place -> {})
                .build();
    }
}
