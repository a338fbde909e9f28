package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Job;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.cluster.JetJob;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that stop in the middle and go on from a snapshot give what they would have given without. */
class RestartIT extends Conformance {

    private static final int EVENTS = 40_000;
    private static final long TTL_MS = 60;
    private static final long WINDOW_MS = 100;
    private static final long SEED = Seed.of("RestartIT");
    private static final long NS_PER_EVENT = TimeUnit.MICROSECONDS.toNanos(6);
    private static final long SLOW_NS_PER_ROW = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int FEW_EVENTS = 1_000;
    private static final MapRef<Long, Long> WINDOWS = MapRef.of("windows", Long.class, Long.class);

    private static final AtomicLong MADE = new AtomicLong();
    private static volatile boolean gateIsOpen;

    @BeforeEach
    void clearAll() {
        MADE.set(0);
        gateIsOpen = true;
        grid.map(WINDOWS).clear();
    }

    @ParameterizedTest
    @CsvSource({"2,4,1", "1,2,4", "4,1,2"})
    void engineGoesOnWithAnotherParallelism(int first, int second, int third) throws Exception {
        LogicalPlan plan = plan();
        EngineHost.Taken taken = null;
        long madeBefore = 0;
        for (int workers : new int[] {first, second}) {
            try (EngineHost engine = new EngineHost(grid, workers)) {
                Job job = engine.start(JOB, plan, taken);
                awaitMore(madeBefore, job.completion().toCompletableFuture());
                taken = engine.stop(job);
            }
            madeBefore = MADE.get();
        }
        try (EngineHost engine = new EngineHost(grid, third)) {
            engine.start(JOB, plan, taken).join();
        }
        assertEquals(2 * EVENTS, MADE.get(), "events made, all in all");
        assertRows(expected());
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void jetGoesOnAfterSuspensions(int parallelism) {
        JetJob job = jet.start(JOB, plan(), parallelism, true);
        long madeBefore = 0;
        for (int suspension = 0; suspension < 2; suspension++) {
            awaitMore(madeBefore, job.completion());
            job.suspend();
            await("job suspended", () -> job.isSuspended());
            madeBefore = MADE.get();
            job.resume();
        }
        job.join();
        assertEquals(2 * EVENTS, MADE.get(), "events made, all in all");
        assertRows(expected());
    }

    /** What came after the snapshot comes again, which a map does not mind. */
    @Test
    void engineGoesOnAfterACrash() throws Exception {
        Pipeline p = Pipeline.create();
        events(p, SEED)
                .groupingKey(Event::key)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(AggregateOperations.summingLong(Event::amount))
                .writeTo(Sinks.map(WINDOWS, result -> result.endMs() * 1_000 + result.key(), result -> result.result()));
        LogicalPlan plan = PipelinePlans.of(p);
        EngineHost.Taken taken;
        try (EngineHost engine = new EngineHost(grid, 2)) {
            Job job = engine.start(JOB, plan, null);
            awaitMore(0, job.completion().toCompletableFuture());
            taken = engine.requestSnapshot(job).get();
            awaitMore(MADE.get(), job.completion().toCompletableFuture());
        } // closes the engine in the middle of the job
        assertTrue(MADE.get() < EVENTS, "the job ended before it was stopped");
        try (EngineHost engine = new EngineHost(grid, 4)) {
            engine.start(JOB, plan, taken).join();
        }
        Map<Long, Long> sums = new HashMap<>();
        list(SEED).forEach(event -> sums.merge(
                Math.floorDiv(event.timeMs(), WINDOW_MS) * WINDOW_MS * 1_000 + WINDOW_MS * 1_000 + event.key(),
                event.amount(), Long::sum));
        GridMap<Long, Long> windows = grid.map(WINDOWS);
        assertEquals(new TreeMap<>(sums), new TreeMap<>(windows));
    }

    @Test
    void anEngineSourceThatHadEndedDoesNotBeginAnew() throws Exception {
        LogicalPlan plan = slowPlan();
        EngineHost.Taken taken;
        try (EngineHost engine = new EngineHost(grid, 2)) {
            Job job = engine.start(JOB, plan, null);
            awaitMade(FEW_EVENTS, job.completion().toCompletableFuture());
            taken = engine.stop(job);
        }
        try (EngineHost engine = new EngineHost(grid, 4)) {
            engine.start(JOB, plan, taken).join();
        }
        assertEquals(FEW_EVENTS, MADE.get(), "events made, all in all");
        assertRows(numbered());
    }

    @Test
    void aJetSourceThatHadEndedDoesNotBeginAnew() {
        gateIsOpen = false;
        JetJob job = jet.start(JOB, slowPlan(), 2, true);
        awaitMade(FEW_EVENTS, job.completion());
        job.suspend();
        gateIsOpen = true;
        // A busy machine may let the job end before its last snapshot begins.
        await("job suspended", () -> job.isSuspended() || job.isCompleted());
        if (job.isSuspended()) {
            job.resume();
        }
        job.join();
        assertEquals(FEW_EVENTS, MADE.get(), "events made, all in all");
        assertRows(numbered());
    }

    /** Lets rows pass when it is open. */
    private static final class Gate implements Operator {

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            while (!gateIsOpen && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            for (int row = 0; row < batch.size(); row++) {
                output.emit(batch.timeMs(row), batch.event(row));
            }
        }
    }

    /** Numbers the events of each key; the slow sink still has many to take when the source has ended. */
    private static LogicalPlan slowPlan() {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(FEW_EVENTS, index -> made(SEED, index)))
                .withTimestamps(Event::timeMs, Duration.ofMillis(Event.LAG_MS))
                .groupingKey(Event::key)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, event) -> new Row(key, ++count[0], 0))
                .groupingKey(Row::b)
                .custom(OperatorSpec.of("gate", Gate::new))
                .custom(OperatorSpec.of("count", () -> new CountingSink(ROWS, SLOW_NS_PER_ROW)));
        return PipelinePlans.of(p);
    }

    private static List<Row> numbered() {
        Map<Integer, Long> counts = new HashMap<>();
        return LongStream.range(0, FEW_EVENTS)
                .mapToObj(index -> Event.of(SEED, index).key())
                .map(key -> new Row(key, counts.merge(key, 1L, Long::sum), 0))
                .toList();
    }

    private static void awaitMore(long madeBefore, CompletableFuture<Void> end) {
        awaitMade(madeBefore + EVENTS / 5, end);
    }

    private static void awaitMade(long count, CompletableFuture<Void> end) {
        await(count + " events made", () -> {
            if (end.isDone()) {
                end.join(); // throws if the job has failed
                fail("the job ended before it was stopped");
            }
            return MADE.get() >= count;
        });
    }

    /** A window, an as-of join and an interval join over the same two streams. */
    private static LogicalPlan plan() {
        Pipeline p = Pipeline.create();
        Stage<Event> events = events(p, SEED);
        Stage<Event> facts = events(p, SEED + 1);
        count(events.groupingKey(Event::key)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(AggregateOperations.summingLong(Event::amount))
                .map(result -> new Row(-result.endMs(), result.key(), result.result())));
        count(events.groupingKey(Event::key).joinAsOf(
                facts.groupingKey(Event::key),
                Duration.ofMillis(TTL_MS),
                () -> new long[2],
                (sum, fact) -> {
                    sum[0] += fact.amount();
                    sum[1]++;
                },
                (sum, key, event) -> new Row(event.id(), sum[0], sum[1])));
        count(events.groupingKey(Event::key).intervalJoin(
                facts.groupingKey(Event::key),
                Duration.ofMillis(-2),
                Duration.ofMillis(3),
                (left, right) -> new Row(left.id(), right.id(), -1 - Math.max(left.timeMs(), right.timeMs()))));
        return PipelinePlans.of(p);
    }

    private static List<Row> expected() {
        List<Event> events = list(SEED);
        List<Event> facts = list(SEED + 1);
        List<Row> rows = new ArrayList<>(Reference.asOf(events, facts, TTL_MS));
        Reference.intervals(events, facts, -2, 3)
                .forEach(row -> rows.add(new Row(row.a(), row.b(), -1 - row.c())));
        Map<List<Long>, Long> sums = new HashMap<>();
        events.forEach(event -> sums.merge(
                List.of(Math.floorDiv(event.timeMs(), WINDOW_MS), (long) event.key()), event.amount(), Long::sum));
        sums.forEach((window, sum) -> rows.add(new Row(-(window.get(0) + 1) * WINDOW_MS, window.get(1), sum)));
        return rows;
    }

    private static Stage<Event> events(Pipeline p, long seed) {
        return p.readFrom(Sources.generator(EVENTS, index -> made(seed, index)))
                .withTimestamps(Event::timeMs, Duration.ofMillis(Event.LAG_MS));
    }

    /** Takes its time, so that the job can be stopped in the middle. */
    private static Event made(long seed, long index) {
        MADE.incrementAndGet();
        spin(NS_PER_EVENT);
        return Event.of(seed, index);
    }

    private static List<Event> list(long seed) {
        return LongStream.range(0, EVENTS).mapToObj(index -> Event.of(seed, index)).toList();
    }
}
