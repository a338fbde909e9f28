package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.conformance.Conformance;
import io.penstock.dag.conformance.CountingSink;
import io.penstock.dag.conformance.Host;
import io.penstock.dag.conformance.HostGrids;
import io.penstock.dag.conformance.OnEveryHost;
import io.penstock.dag.conformance.Row;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random pipelines do on every host what their operators do when each calls the next on one thread. */
class RandomPipelinesIT extends Conformance {

    private static final int PIPELINES =
            Integer.getInteger("penstock.pipelines", Boolean.getBoolean("penstock.soak") ? 300 : 10);
    private static final List<String> COUNTERS = List.of("in", "out", "failures", "late", "misses");

    /** What a run has done. */
    private record Outcome(
            JobStatus status, String failedStage, Map<Row, Long> rows, Map<String, Long> written,
            Map<String, Long> metrics) {}

    @OnEveryHost
    void doWhatTheOperatorsDo(Host host) throws Exception {
        long first = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("RandomPipelinesIT " + host + ": -Dpenstock.seed=" + first);
        fill(HostGrids.of(Host.ENGINE_1));
        fill(HostGrids.of(host));
        int completedCount = 0;
        for (long seed = first; seed < first + PIPELINES; seed++) {
            Outcome expected = runInterpreted(seed);
            Outcome found = runOn(host, seed);
            String about = host + ", -Dpenstock.seed=" + seed;
            assertEquals(expected.status, found.status, about);
            assertEquals(expected.failedStage, found.failedStage, about);
            if (expected.status == JobStatus.COMPLETED) {
                assertSame(expected.rows, found.rows, about);
                assertSame(expected.written, found.written, about);
                assertSame(expected.metrics, found.metrics, about);
                completedCount++;
            }
        }
        assertTrue(PIPELINES < 10 || completedCount > 0, "no job completed");
    }

    private static void fill(Grid grid) {
        Map<Long, Long> byLong = new HashMap<>();
        Map<Integer, Long> byInt = new HashMap<>();
        Map<String, Long> byWord = new HashMap<>();
        for (long key = 0; key < 30; key++) {
            byLong.put(key, key + 1);
            byInt.put((int) key, key + 2);
            byWord.put("key-" + key % 20, key % 20 + 3);
        }
        grid.map(RandomPipeline.BY_LONG).putAll(byLong);
        grid.map(RandomPipeline.BY_INT).putAll(byInt);
        grid.map(RandomPipeline.BY_WORD).putAll(byWord);
    }

    private static Outcome runInterpreted(long seed) {
        Grid grid = HostGrids.of(Host.ENGINE_1);
        clear(grid);
        Pipeline pipeline = pipeline(Host.ENGINE_1, seed);
        try (SteppedJob job = SteppedJob.startInterpreted(
                grid, "reference", Planner.plan(PipelinePlans.of(pipeline), 1), new Random(seed))) {
            job.runUntilIdle();
            return outcome(Host.ENGINE_1, job.status(), job.failure(), job.metrics());
        }
    }

    private static Outcome runOn(Host host, long seed) throws InterruptedException {
        clear(HostGrids.of(host));
        Random random = new Random(seed);
        long copyMapsUpTo = random.nextBoolean() ? 0 : 1_000;
        boolean restarts = random.nextBoolean();
        Job job = start(host, pipeline(host, seed), o -> {
            o.copyMapsUpTo(copyMapsUpTo);
            if (restarts) {
                exactlyOnce(o);
            }
        });
        if (restarts) {
            restart(job);
        }
        JobException failure = null;
        try {
            job.join();
        } catch (JobException e) {
            failure = e;
        }
        return outcome(host, job.status(), failure, job.metrics());
    }

    private static void restart(Job job) throws InterruptedException {
        try {
            job.restart();
        } catch (IllegalStateException e) {
            assertTrue(job.status().isEnd(), e::toString);
        } catch (JobException e) {
            assertEquals(JobStatus.FAILED, job.status(), e::toString);
        }
    }

    private static Outcome outcome(Host host, JobStatus status, JobException failure, JobMetrics metrics) {
        return new Outcome(
                status, failure == null ? null : failure.stage(), counts(host),
                new HashMap<>(HostGrids.of(host).map(RandomPipeline.WRITTEN)), counters(metrics));
    }

    private static void clear(Grid grid) {
        grid.map(CountingSink.COUNTS).clear();
        grid.map(RandomPipeline.WRITTEN).clear();
    }

    private static Pipeline pipeline(Host host, long seed) {
        return RandomPipeline.of(new Random(seed), false, name -> sink(host, name.hashCode()));
    }

    private static OperatorSpec sink(Host host, int number) {
        return CountingSink.spec(host, 0, (timeMs, event) -> {
            Reading reading = (Reading) event;
            return new Row(
                    Quirks.mixed(timeMs, number), reading.id(),
                    Quirks.mixed(reading.timeMs(), reading.amount() * 31 + reading.depth()));
        });
    }

    private static Map<String, Long> counters(JobMetrics metrics) {
        Map<String, Long> counters = new TreeMap<>();
        for (StageMetrics stage : metrics.stages()) {
            for (String counter : COUNTERS) {
                counters.merge(stage.stage() + "." + counter, stage.count(counter), Long::sum);
            }
        }
        return counters;
    }

    /** Shows the first difference only. */
    private static <K, V> void assertSame(Map<K, V> expected, Map<K, V> found, String about) {
        expected.forEach((key, value) -> assertEquals(value, found.get(key), () -> key + ", " + about));
        found.forEach((key, value) -> assertEquals(expected.get(key), value, () -> key + ", " + about));
    }
}
