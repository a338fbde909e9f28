package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.Loops;
import io.penstock.dag.plan.MapSizes;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines do the same when they are compiled as when each operator calls the next, and as when they are
 * planned for a cluster.
 */
class CompiledLoopPropertyTest {

    private static final int PIPELINES = Boolean.getBoolean("penstock.soak") ? 5_000 : 80;
    private static final List<String> COUNTERS = List.of("in", "out", "failures", "late", "misses");
    private static final long BIG = 1_000_000;

    private static Grid grid;

    /** What a run has done. */
    private record Outcome(
            JobStatus status,
            String failedStage,
            Map<String, Map<CollectSink.TimedRow, Integer>> rows,
            Map<String, Long> written,
            Map<String, Long> metrics,
            Map<String, Long> calls) {}

    @BeforeAll
    static void open() {
        grid = Grid.embedded();
        for (long key = 0; key < 30; key++) {
            grid.map(RandomPipeline.BY_LONG).put(key, key + 1);
            grid.map(RandomPipeline.BY_INT).put((int) key, key + 2);
            grid.map(RandomPipeline.BY_WORD).put("key-" + key % 20, key + 3);
        }
    }

    @AfterAll
    static void close() {
        grid.close();
    }

    @Test
    void doesWhatTheOperatorsDo() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("CompiledLoopPropertyTest: -Dpenstock.seed=" + seed);
        Map<String, Long> seen = new TreeMap<>();
        for (long each = seed; each < seed + PIPELINES; each++) {
            Outcome outcome = compare(each);
            seen.merge(outcome.status.name(), 1L, Long::sum);
            outcome.metrics.forEach((counter, count) -> seen.merge(
                    counter.substring(counter.indexOf('.') + 1), count, Long::sum));
        }
        assertTrue(seen.get("COMPLETED") > PIPELINES / 2, seen::toString);
        for (String rare : List.of("FAILED", "failures", "late", "misses")) {
            assertTrue(seen.get(rare) > 0, () -> "the pipelines are too tame: " + seen);
        }
    }

    private static Outcome compare(long seed) {
        Random random = new Random(seed);
        boolean hasLate = random.nextInt(3) == 0;
        int workers = hasLate ? 1 : 1 + random.nextInt(3);
        Pipeline pipeline = RandomPipeline.of(random, hasLate);
        MapSizes sizes = random.nextBoolean() ? ref -> BIG : ref -> 1;
        Plan plan = Planner.plan(PipelinePlans.of(pipeline), workers, sizes);
        String seeds = "-Dpenstock.seed=" + seed + ", workers " + workers + "\n";

        Outcome interpreted = run(seeds, SteppedJob.startInterpreted(grid, "test", plan, new Random(seed)));
        Outcome compiled = run(seeds, SteppedJob.start(grid, "test", plan, new Random(seed)));

        assertSame(interpreted, compiled, seeds + loops(plan));
        if (compiled.status == JobStatus.COMPLETED) { // for an exchange, key functions are called once more
            assertSame(interpreted.calls, compiled.calls, seeds + loops(plan));
        }
        if (!hasLate) { // side outputs of windows in two steps are merged, and late or not by the slower one
            Plan onCluster =
                    Planner.forCluster(PipelinePlans.of(pipeline), sizes, random.nextLong(2 * BIG)).on(workers);
            Outcome planned = run(seeds, SteppedJob.start(grid, "test", onCluster, new Random(seed)));
            assertSame(interpreted, planned, seeds + loops(onCluster));
        }
        return compiled;
    }

    private static void assertSame(Outcome interpreted, Outcome compiled, String about) {
        assertEquals(interpreted.status, compiled.status, about);
        assertEquals(interpreted.failedStage, compiled.failedStage, about);
        if (compiled.status == JobStatus.COMPLETED) {
            assertSame(interpreted.metrics, compiled.metrics, about);
            assertSame(interpreted.written, compiled.written, about);
            assertEquals(interpreted.rows.keySet(), compiled.rows.keySet(), about);
            interpreted.rows.forEach((sink, rows) -> assertSame(rows, compiled.rows.get(sink), sink + ", " + about));
            assertCalledOnce(compiled, about);
        }
    }

    /** Shows the first difference only. */
    private static <K, V> void assertSame(Map<K, V> interpreted, Map<K, V> compiled, String about) {
        interpreted.forEach((key, value) -> assertEquals(value, compiled.get(key), () -> key + ", " + about));
        compiled.forEach((key, value) -> assertEquals(interpreted.get(key), value, () -> key + ", " + about));
    }

    private static String loops(Plan plan) {
        StringBuilder text = new StringBuilder(plan.explain());
        plan.vertices().forEach(vertex -> Loops.of(plan, vertex).all().forEach(
                loop -> text.append("loop ").append(loop.stream().map(stage -> stage.name()).toList()).append('\n')));
        return text.toString();
    }

    private static Outcome run(String about, SteppedJob job) {
        CollectSink.ROWS.clear();
        Quirks.CALLS.clear();
        grid.map(RandomPipeline.WRITTEN).clear();
        try (job) {
            job.runUntilIdle();
            assertTrue(job.status() != JobStatus.RUNNING, () -> "idle before its end: " + about);
            String failedStage = job.failure() == null ? null : job.failure().stage();
            if (job.failure() != null && failedStage == null) {
                throw new AssertionError(about, job.failure());
            }
            return new Outcome(
                    job.status(), failedStage, new TreeMap<>(CollectSink.ROWS),
                    new HashMap<>(grid.map(RandomPipeline.WRITTEN)), counts(job.metrics()),
                    new TreeMap<>(Quirks.CALLS));
        }
    }

    private static Map<String, Long> counts(JobMetrics metrics) {
        Map<String, Long> counts = new TreeMap<>();
        for (StageMetrics stage : metrics.stages()) {
            for (String counter : COUNTERS) {
                counts.merge(stage.stage() + "." + counter, stage.count(counter), Long::sum);
            }
        }
        return counts;
    }

    /** Functions that are called for each event a stage takes, are called as often as the stage has taken events. */
    private static void assertCalledOnce(Outcome outcome, String about) {
        outcome.calls.forEach((function, calls) -> {
            String stage = function.substring(0, function.indexOf('.'));
            if (function.endsWith(".map") || function.endsWith(".test") || function.endsWith(".flat")
                    || function.endsWith(".fill")) {
                assertEquals(outcome.metrics.get(stage + ".in"), calls, () -> function + " of " + about);
            }
        });
    }
}
