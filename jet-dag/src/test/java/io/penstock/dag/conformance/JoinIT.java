package io.penstock.dag.conformance;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Steps with two inputs, state and timers, over random events that come out of order. */
class JoinIT extends Conformance {

    private static final int EVENTS = 30_000;
    private static final long TTL_MS = 60;
    private static final long SEED = Seed.of("JoinIT");

    @OnEveryHost
    void joinAsOfEqualsTheReference(Host host) throws Exception {
        Pipeline p = Pipeline.create();
        count(host, events(p, SEED)
                .groupingKey(Event::key)
                .joinAsOf(
                        events(p, SEED + 1).groupingKey(Event::key),
                        Duration.ofMillis(TTL_MS),
                        () -> new long[2],
                        (sum, fact) -> {
                            sum[0] += fact.amount();
                            sum[1]++;
                        },
                        (sum, key, event) -> new Row(event.id(), sum[0], sum[1])));
        run(host, p);
        assertRows(host, Reference.asOf(list(SEED), list(SEED + 1), TTL_MS));
    }

    @OnEveryHost
    void intervalJoinEqualsTheReference(Host host) throws Exception {
        Pipeline p = Pipeline.create();
        count(host, events(p, SEED)
                .groupingKey(Event::key)
                .intervalJoin(
                        events(p, SEED + 1).groupingKey(Event::key),
                        Duration.ofMillis(-20),
                        Duration.ofMillis(30),
                        (left, right) -> new Row(left.id(), right.id(), Math.max(left.timeMs(), right.timeMs()))));
        run(host, p);
        assertRows(host, Reference.intervals(list(SEED), list(SEED + 1), -20, 30));
    }

    /** Two stages of one tree send watermarks of their own, one behind the other. */
    @OnEveryHost
    void stagesOfOneTreeHaveTheirOwnWatermarks(Host host) throws Exception {
        Pipeline p = Pipeline.create();
        long seed = SEED; // that of this JVM
        Stage<Event> untimed = p.readFrom(Sources.generator(EVENTS, index -> Event.of(seed, index)));
        for (long lagMs : new long[] {Event.LAG_MS, 5 * Event.LAG_MS}) {
            count(host, untimed.withTimestamps(Event::timeMs, Duration.ofMillis(lagMs))
                    .groupingKey(Event::key)
                    .window(WindowDefinition.tumbling(Duration.ofMillis(100)))
                    .aggregate(AggregateOperations.counting())
                    .map(result -> new Row(result.endMs(), result.key(), result.result())));
        }
        run(host, p);
        Map<List<Long>, Long> counts = new HashMap<>();
        list(SEED).forEach(event -> counts.merge(List.of(event.timeMs() / 100, (long) event.key()), 1L, Long::sum));
        List<Row> expected = new ArrayList<>();
        counts.forEach((window, count) -> {
            Row row = new Row((window.get(0) + 1) * 100, window.get(1), count);
            expected.add(row);
            expected.add(row);
        });
        assertRows(host, expected);
    }

    private static Stage<Event> events(Pipeline p, long seed) {
        return p.readFrom(Sources.generator(EVENTS, index -> Event.of(seed, index)))
                .withTimestamps(Event::timeMs, Duration.ofMillis(Event.LAG_MS));
    }

    private static List<Event> list(long seed) {
        return LongStream.range(0, EVENTS).mapToObj(index -> Event.of(seed, index)).toList();
    }
}
