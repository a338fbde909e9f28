package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Job;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that goes on from a snapshot counts as if it had never stopped, with whatever parallelism. */
@Timeout(120)
class CountersIT {

    private static final long EVENTS = 40_000;
    private static final long NS_PER_EVENT = TimeUnit.MICROSECONDS.toNanos(4);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final Tag<Failure<Long>> BAD = Tag.of("bad");
    private static final Tag<Failure<Long>> LATE = Tag.of("late");
    /** What depends on the parallelism, or on the machine. */
    private static final Set<String> NOT_COMPARED = Set.of("sent", "received", "held");

    @ParameterizedTest
    @ValueSource(strings = {"1 1 1", "2 2 2", "1 3 2", "3 1 4"})
    void countsAsIfItHadNeverStopped(String workers) throws Exception {
        LogicalPlan plan = plan();
        try (Grid grid = Grid.embedded()) {
            TreeMap<String, Long> expected;
            try (EngineHost engine = new EngineHost(grid, 2)) {
                Job job = engine.start("uninterrupted", plan, null);
                job.join();
                expected = sums(job.metrics());
            }
            assertTrue(expected.get("divide failures") > 0 && expected.get("lateness late") > 0, expected::toString);
            assertEquals(expected, sums(stopped(grid, plan, workers.split(" "))));
        }
    }

    private static JobMetrics stopped(Grid grid, LogicalPlan plan, String[] workers) throws Exception {
        EngineHost.Taken taken = null;
        JobMetrics metrics = null;
        for (int run = 0; run < workers.length; run++) {
            long until = EVENTS * (run + 1) / (workers.length + 1);
            try (EngineHost engine = new EngineHost(grid, Integer.parseInt(workers[run]))) {
                Job job = engine.start("stopped", plan, taken);
                if (run == workers.length - 1) {
                    job.join();
                } else {
                    while (job.metrics().eventsOut("generator") < until) {
                        assertTrue(!job.status().isEnd(), "the job ended before it was stopped");
                        LockSupport.parkNanos(POLL_NS);
                    }
                    taken = engine.stop(job);
                }
                metrics = job.metrics();
                for (String window : List.of("window", "lateness")) {
                    assertEquals(metrics.count(window, "sent"), metrics.count(window, "received"), window);
                }
            }
        }
        return metrics;
    }

    private static LogicalPlan plan() {
        Pipeline p = Pipeline.create();
        Stage<Long> numbers = p.readFrom(Sources.generator(EVENTS, CountersIT::made))
                .map(i -> i % 100 == 0 ? 1 / (i - i) + i : i, o -> o.name("divide").onFailure(BAD))
                .withTimestamps(i -> i, Duration.ZERO);
        numbers.groupingKey(i -> i % 7)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        numbers.groupingKey(i -> i % 11)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (state, key, i) -> i % 3 == 0 ? null : i)
                .filter(i -> i % 2 == 0)
                .writeTo(Sinks.noop());
        p.sideOutput(BAD).writeTo(Sinks.noop());
        lateOnes(p);
        return PipelinePlans.of(p);
    }

    /** From one instance, so that it does not depend on the machine which of them are late. */
    private static void lateOnes(Pipeline p) {
        p.readFrom(Sources.collection(LongStream.range(0, EVENTS / 4).boxed().toList()))
                .map(CountersIT::made)
                .withTimestamps(i -> i > EVENTS / 8 && i % 50 == 1 ? 0 : i, Duration.ZERO)
                .groupingKey(i -> i % 7)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting(), o -> o.name("lateness").onLate(LATE))
                .writeTo(Sinks.noop());
        p.sideOutput(LATE).writeTo(Sinks.noop());
    }

    /** Takes its time, so that the job can be stopped in the middle. */
    private static long made(long index) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < NS_PER_EVENT) {
            Thread.onSpinWait();
        }
        return index;
    }

    private static TreeMap<String, Long> sums(JobMetrics metrics) {
        TreeMap<String, Long> sums = new TreeMap<>();
        metrics.stages().forEach(stage -> stage.counters().forEach((counter, count) -> {
            if (!NOT_COMPARED.contains(counter)) {
                sums.merge(stage.stage() + " " + counter, count, Long::sum);
            }
        }));
        return sums;
    }
}
