package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Job;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that stop in the middle and go on from a snapshot give what they would have given without. */
class RestartIT extends Conformance {

    private static final String JOB = "restarted";
    private static final int EVENTS = 40_000;
    private static final long TTL_MS = 60;
    private static final long WINDOW_MS = 100;
    private static final long SEED = Seed.of("RestartIT");
    private static final long NS_PER_EVENT = TimeUnit.MICROSECONDS.toNanos(6);
    private static final long NS_PER_EVENT_ON_CLUSTERS = TimeUnit.MICROSECONDS.toNanos(30);
    private static final long SLOW_NS_PER_ROW = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int FEW_EVENTS = 1_000;
    private static final MapRef<Long, Long> WINDOWS = MapRef.of("windows", Long.class, Long.class);
    /** Open when it has an entry. */
    private static final MapRef<Long, Long> GATE = MapRef.of("gate", Long.class, Long.class);

    private static final long GATE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long BRAKE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final AtomicLong MADE = new AtomicLong();

    @BeforeEach
    void forget() {
        MADE.set(0);
    }

    // ---- on every host

    @OnEveryHost
    void goesOnAfterSuspensions(Host host) throws Exception {
        long nsPerEvent = host.isEngine() ? NS_PER_EVENT : NS_PER_EVENT_ON_CLUSTERS;
        Job job = start(host, pipeline(host, nsPerEvent, false), o -> exactlyOnce(o.name(JOB)));
        for (int suspension = 1; suspension <= 3; suspension++) {
            awaitSent(job, "generator", suspension * EVENTS / 7);
            job.suspend();
            assertEquals(JobStatus.SUSPENDED, job.status());
            job.resume();
        }
        awaitSent(job, "generator", 4 * EVENTS / 7);
        job.restart();
        job.join();
        assertAllTaken(job.metrics());
        assertRows(host, expected());
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMBERS_3", "PROCESSES_3"})
    void goesOnWithAMemberMoreAndWithoutItAgain(Host host) throws Exception {
        GridMap<Long, Long> gate = HostGrids.of(host).map(GATE);
        gate.clear();
        Job job = start(host, pipeline(host, 0, true), o -> exactlyOnce(o.name(JOB)));
        awaitSent(job, "generator", EVENTS / 40);
        Runnable leave = HostGrids.addMember(host);
        try {
            job.restart();
            awaitSent(job, "generator", job.metrics().eventsOut("generator") + EVENTS / 40);
        } finally {
            leave.run();
        }
        assertFalse(job.status().isEnd(), "the job ended before the member left");
        gate.put(0L, 0L);
        job.join();
        assertAllTaken(job.metrics());
        assertRows(host, expected());
    }

    private static void assertAllTaken(JobMetrics metrics) {
        for (String stage : List.of("generator", "generator-2")) {
            assertEquals(EVENTS, metrics.eventsOut(stage), "events made by " + stage + ", all in all");
        }
    }

    @OnEveryHost
    void aSourceThatHadEndedDoesNotBeginAnew(Host host) throws Exception {
        Grid grid = HostGrids.of(host);
        grid.map(GATE).clear();
        if (host.instanceCount() == 1) {
            grid.map(GATE).put(0L, 0L); // source and gate run on one thread
        }
        Job job = start(host, slowPipeline(host), o -> exactlyOnce(o.name(JOB)));
        awaitSent(job, "generator", FEW_EVENTS);
        Thread opening = new Thread(() -> grid.map(GATE).put(0L, 0L)); // the snapshot waits for rows that wait for it
        opening.start();
        try {
            job.suspend();
            job.resume();
        } catch (IllegalStateException e) {
            assertEquals(JobStatus.COMPLETED, job.status(), e::toString); // sooner than a busy machine could suspend it
        }
        opening.join();
        job.join();
        assertEquals(FEW_EVENTS, job.metrics().eventsOut("generator"), "events made, all in all");
        assertRows(host, numbered());
    }

    // ---- on the engine, with other numbers of workers

    @ParameterizedTest
    @CsvSource({"2,4,1", "1,2,4", "4,1,2"})
    void engineGoesOnWithAnotherParallelism(int first, int second, int third) throws Exception {
        Grid grid = clearedEngine();
        LogicalPlan plan = PipelinePlans.of(pipeline(Host.ENGINE_1, NS_PER_EVENT, false));
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
        assertRows(Host.ENGINE_1, expected());
    }

    private static Grid clearedEngine() {
        Grid grid = HostGrids.of(Host.ENGINE_1);
        grid.map(CountingSink.COUNTS).clear();
        grid.map(WINDOWS).clear();
        return grid;
    }

    /** What came after the snapshot comes again, which a map does not mind. */
    @Test
    void engineGoesOnAfterACrash() throws Exception {
        Grid grid = clearedEngine();
        Pipeline p = Pipeline.create();
        events(p, SEED, NS_PER_EVENT, false)
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

    private static void awaitMore(long madeBefore, CompletableFuture<Void> end) {
        long count = madeBefore + EVENTS / 5;
        await(count + " events made", () -> {
            if (end.isDone()) {
                end.join(); // throws if the job has failed
                fail("the job ended before it was stopped");
            }
            return MADE.get() >= count;
        });
    }

    // ---- pipelines

    /** Lets batches pass when it is open, or after some time. */
    private static final class Gate implements Operator {

        private final long holdsNs;
        private GridMap<Long, Long> gate;
        private boolean isOpen;

        private Gate(long holdsNs) {
            this.holdsNs = holdsNs;
        }

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        public void open(OperatorContext context) {
            gate = context.grid().map(GATE);
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            long beganNs = System.nanoTime();
            while (!isOpen && System.nanoTime() - beganNs < holdsNs && !Thread.currentThread().isInterrupted()) {
                isOpen = !gate.isEmpty();
                LockSupport.parkNanos(GATE_POLL_NS);
            }
            for (int row = 0; row < batch.size(); row++) {
                output.emit(batch.timeMs(row), batch.event(row));
            }
        }
    }

    /** Numbers the events of each key; the slow sink still has many to take when the source has ended. */
    private static Pipeline slowPipeline(Host host) {
        Pipeline p = Pipeline.create();
        long seed = SEED; // that of this JVM
        p.readFrom(Sources.generator(FEW_EVENTS, index -> Event.of(seed, index)))
                .withTimestamps(Event::timeMs, Duration.ofMillis(Event.LAG_MS))
                .groupingKey(Event::key)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, event) -> new Row(key, ++count[0], 0))
                .groupingKey(Row::b)
                .custom(OperatorSpec.of("gate", () -> new Gate(Long.MAX_VALUE)))
                .custom(CountingSink.spec(host, SLOW_NS_PER_ROW));
        return p;
    }

    private static List<Row> numbered() {
        Map<Integer, Long> counts = new HashMap<>();
        return LongStream.range(0, FEW_EVENTS)
                .mapToObj(index -> Event.of(SEED, index).key())
                .map(key -> new Row(key, counts.merge(key, 1L, Long::sum), 0))
                .toList();
    }

    /**
     * A window, an as-of join and an interval join over the same two streams.
     *
     * @param hasBrake whether it goes slowly until the gate is open
     */
    private static Pipeline pipeline(Host host, long nsPerEvent, boolean hasBrake) {
        Pipeline p = Pipeline.create();
        Stage<Event> events = events(p, SEED, nsPerEvent, hasBrake);
        Stage<Event> facts = events(p, SEED + 1, nsPerEvent, hasBrake);
        count(host, events.groupingKey(Event::key)
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(AggregateOperations.summingLong(Event::amount))
                .map(result -> new Row(-result.endMs(), result.key(), result.result())));
        count(host, events.groupingKey(Event::key).joinAsOf(
                facts.groupingKey(Event::key),
                Duration.ofMillis(TTL_MS),
                () -> new long[2],
                (sum, fact) -> {
                    sum[0] += fact.amount();
                    sum[1]++;
                },
                (sum, key, event) -> new Row(event.id(), sum[0], sum[1])));
        count(host, events.groupingKey(Event::key).intervalJoin(
                facts.groupingKey(Event::key),
                Duration.ofMillis(-2),
                Duration.ofMillis(3),
                (left, right) -> new Row(left.id(), right.id(), -1 - Math.max(left.timeMs(), right.timeMs()))));
        return p;
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

    /** Takes its time, so that the job can be stopped in the middle. */
    private static Stage<Event> events(Pipeline p, long seed, long nsPerEvent, boolean hasBrake) {
        Stage<Event> made = p.readFrom(Sources.generator(EVENTS, index -> {
            MADE.incrementAndGet();
            spin(nsPerEvent);
            return Event.of(seed, index);
        }));
        Stage<Event> braked = hasBrake ? made.custom(OperatorSpec.of("brake", () -> new Gate(BRAKE_NS))) : made;
        return braked.withTimestamps(Event::timeMs, Duration.ofMillis(Event.LAG_MS));
    }

    private static List<Event> list(long seed) {
        return LongStream.range(0, EVENTS).mapToObj(index -> Event.of(seed, index)).toList();
    }
}
