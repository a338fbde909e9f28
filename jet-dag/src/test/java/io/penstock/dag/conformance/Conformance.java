package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobOptions;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Stage;
import io.penstock.dag.conformance.CountingSink.Counted;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs pipelines on every host: same input, same output. */
@ExtendWith(HostGrids.class)
@Timeout(120)
public abstract class Conformance {

    /** A snapshot every so often, if any. */
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMillis(100);

    private static final long WAIT_NS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Cancels what a test that failed has left. */
    @AfterEach
    void cancelJobs() {
        for (Grid grid : HostGrids.opened()) {
            Jobs.of(grid).jobs().forEach(Job::cancel);
            await("jobs cancelled", () -> Jobs.of(grid).jobs().isEmpty());
        }
    }

    /** Ends a pipeline in a sink that counts, see {@link #assertRows}. */
    protected static void count(Host host, Stage<Row> stage) {
        stage.custom(CountingSink.spec(host, 0));
    }

    /** Starts a job, of which no row has been counted yet. */
    protected static Job start(Host host, Pipeline pipeline, Consumer<JobOptions> options) {
        HostGrids.of(host).map(CountingSink.COUNTS).clear();
        return Jobs.of(HostGrids.of(host)).submit(pipeline, options);
    }

    /** What a job is told that is to go on where it was stopped. */
    protected static void exactlyOnce(JobOptions options) {
        options.guarantee(Guarantee.EXACTLY_ONCE).snapshotInterval(SNAPSHOT_INTERVAL);
    }

    /** Runs a job to its end. */
    protected static Job run(Host host, Pipeline pipeline) throws InterruptedException {
        Job job = start(host, pipeline, options -> {});
        job.join();
        return job;
    }

    /** Waits until a stage of a running job has sent so many events to its main output. */
    protected static void awaitSent(Job job, String stage, long count) {
        await(stage + " sent " + count, () -> {
            if (job.status().isEnd()) {
                job.completion().toCompletableFuture().join(); // throws if the job has failed
                fail("the job ended too early, as " + job.status());
            }
            return job.metrics().eventsOut(stage) >= count;
        });
    }

    /** Waits for something that a running job is about to do. */
    protected static void await(String what, BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > WAIT_NS_MAX) {
                fail("after " + TimeUnit.NANOSECONDS.toSeconds(WAIT_NS_MAX) + " s still not: " + what
                        + HostGrids.output());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Keeps the thread busy: what runs in a job must not block. */
    protected static void spin(long durationNs) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < durationNs) {
            Thread.onSpinWait();
        }
    }

    /** How often each row was counted. */
    protected static Map<Row, Long> counts(Host host) {
        GridMap<Counted, Long> map = HostGrids.of(host).map(CountingSink.COUNTS);
        Map<Row, Long> counts = new HashMap<>();
        map.forEach((counted, count) -> counts.merge(counted.row(), count, Long::sum));
        return counts;
    }

    /** Each of these rows came, as often as it stands here, and no other. */
    protected static void assertRows(Host host, List<Row> expected) {
        Map<Row, Long> counts = new HashMap<>();
        expected.forEach(row -> counts.merge(row, 1L, Long::sum));
        Map<Row, Long> found = counts(host);
        if (!counts.equals(found)) {
            counts.forEach((row, count) -> assertEquals(count, found.get(row), () -> "how often " + row + " came"));
            found.keySet().removeAll(counts.keySet());
            fail(found.size() + " rows were not expected, such as " + found.keySet().iterator().next());
        }
    }
}
