package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Jobs;
import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A job that follows a map to which nobody writes rests. */
class FollowingIdleIT {

    private static final MapRef<Long, Long> QUIET = MapRef.of("quiet", Long.class, Long.class);

    private final Grid grid = Grid.embedded(config -> config.name("quiet"));

    @Test
    void onTheWorkers() {
        assertRests(options -> {});
    }

    @Test
    void onThreadsOfItsOwn() {
        assertRests(MapChangesOptions::fromContent);
    }

    private void assertRests(Consumer<MapChangesOptions> options) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(QUIET, options)).writeTo(Sinks.noop());
        try (grid) {
            Jobs.of(grid, o -> o.workers(2)).submit(pipeline);
            waitMs(2_000); // first come patience, the compiler, and the time after which a map counts as quiet
            long beganNs = System.nanoTime();
            long usedNs = -cpuNs();
            waitMs(2_000);
            usedNs += cpuNs();
            double share = (double) usedNs / (System.nanoTime() - beganNs);
            System.out.printf("cpu of a job that follows a quiet map: %.2f %% of a core%n", 100 * share);
            assertTrue(share < 0.05, () -> "share of a core: " + share);
        }
    }

    private static long cpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("penstock-quiet-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }

    private static void waitMs(long durationMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
        for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
