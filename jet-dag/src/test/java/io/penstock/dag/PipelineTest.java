package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.MapRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final MapRef<String, Long> OUT = MapRef.of("out", String.class, Long.class);
    private static final Tag<Failure<String>> BAD = Tag.of("bad");

    private final Pipeline pipeline = Pipeline.create();

    @Test
    void explainsVerticesStagesAndExchanges() {
        Stage<String> words = pipeline.readFrom(Sources.items("1 a", "2 b"))
                .withTimestamps(line -> Long.parseLong(line.split(" ")[0]), Duration.ZERO)
                .map(line -> line.split(" ")[1], o -> o.name("word").onFailure(BAD));
        words.groupingKey(word -> word)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting(), o -> o.name("count"))
                .writeTo(Sinks.map(OUT, KeyedWindowResult::key, KeyedWindowResult::result));
        words.filter(word -> word.length() > 1).writeTo(Sinks.noop());
        pipeline.sideOutput(BAD).writeTo(Sinks.logged());

        assertEquals("""
                vertex 1 x1
                  items                      compiled, loop 1
                    timestamps               compiled, loop 1
                      word (map)             compiled, loop 1
                        filter               compiled, loop 2
                          noop (noop sink)   compiled, loop 2
                        bad (sideOutput)     compiled, loop 3
                          logged (log sink)  compiled, loop 3
                        -> vertex 2 count, keyed
                vertex 2 x4
                  count (tumblingWindow)     compiled, loop 4
                    map-out (map sink)       compiled, loop 5
                """, pipeline.explain(4));
    }

    @Test
    void oneWorkerNeedsNoExchange() {
        pipeline.readFrom(Sources.items("a"))
                .withTimestamps(word -> 0, Duration.ZERO)
                .groupingKey(word -> word)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (count, key, word) -> ++count[0])
                .writeTo(Sinks.noop());

        assertEquals("""
                vertex 1 x1
                  items                   compiled, loop 1
                    timestamps            compiled, loop 1
                      mapStateful         interpreted: keeps state by key
                        noop (noop sink)  compiled, loop 2
                """, pipeline.explain(1));
    }

    @Test
    void explainsWhatEachMemberOfAClusterDoes() {
        pipeline.readFrom(Sources.generator(1, index -> "a"))
                .withTimestamps(word -> 0, Duration.ZERO)
                .groupingKey(word -> word)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (count, key, word) -> ++count[0])
                .writeTo(Sinks.map(OUT, count -> "count"));

        assertEquals("""
                vertex 1 on every worker
                  generator             compiled, loop 1
                    timestamps          compiled, loop 1
                      -> vertex 2 mapStateful, keyed
                vertex 2 on every worker
                  mapStateful           interpreted: keeps state by key
                    map-out (map sink)  interpreted: writes a batch at a time
                """, pipeline.explainOnCluster());
    }

    @Test
    void derivesUniqueNames() {
        Stage<String> first = pipeline.readFrom(Sources.items("a")).map(x -> x);

        assertEquals("map", first.name());
        assertEquals("map-2", first.map(x -> x).name());
    }

    @Test
    void refusesAGivenNameThatIsTaken() {
        Stage<String> stage = pipeline.readFrom(Sources.items("a")).map(x -> x, o -> o.name("parse"));

        String message = assertThrows(IllegalArgumentException.class, () -> stage.map(x -> x, o -> o.name("parse")))
                .getMessage();

        assertTrue(message.startsWith("stage 'parse' exists already (added at PipelineTest.java:"), message);
    }

    @Test
    void refusesWindowsWithoutTimestamps() {
        KeyedStage<String, String> keyed = pipeline.readFrom(Sources.items("a")).groupingKey(x -> x);
        WindowedStage<String, String> windowed = keyed.window(WindowDefinition.tumbling(Duration.ofSeconds(1)));

        String message = assertThrows(
                        IllegalStateException.class, () -> windowed.aggregate(AggregateOperations.counting()))
                .getMessage();

        assertEquals("stage 'window': a tumblingWindow goes by event time, but stage 'items' has none; add"
                + " withTimestamps(...) before it", message);
    }

    @Test
    void refusesASideOutputThatNobodyReads() {
        pipeline.readFrom(Sources.items("a")).map(x -> x, o -> o.onFailure(BAD)).writeTo(Sinks.noop());

        String message = assertThrows(IllegalArgumentException.class, () -> pipeline.explain(1)).getMessage();

        assertTrue(message.contains("writes to side output 'bad', which nothing reads; add"), message);
    }

    @Test
    void refusesASideOutputThatNobodyWrites() {
        pipeline.sideOutput(BAD).writeTo(Sinks.noop());

        String message = assertThrows(IllegalArgumentException.class, () -> pipeline.explain(1)).getMessage();

        assertTrue(message.contains("side output 'bad' (PipelineTest.java:"), message);
        assertTrue(message.endsWith("is read, but no stage writes to it"), message);
    }

    @Test
    void refusesOptionsThatAStageCannotFollow() {
        Stage<String> stage = pipeline.readFrom(Sources.items("a"));

        String message = assertThrows(IllegalArgumentException.class, () -> stage.map(x -> x, o -> o.onLate(BAD)))
                .getMessage();

        assertEquals("stage 'map': a map knows no late events; remove onLate(...)", message);
    }

    @Test
    void refusesStagesOfAnotherPipeline() {
        Stage<String> mine = pipeline.readFrom(Sources.items("a"));
        Stage<String> other = Pipeline.create().readFrom(Sources.items("b"));

        assertThrows(IllegalArgumentException.class, () -> mine.merge(other));
    }

    @Test
    void refusesAnEmptyPipeline() {
        assertThrows(IllegalArgumentException.class, () -> pipeline.explain(1));
    }
}
