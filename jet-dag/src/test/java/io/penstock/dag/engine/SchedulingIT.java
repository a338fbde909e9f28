package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads and real time, with bounds that a busy machine keeps. */
@Timeout(60)
class SchedulingIT {

    private static final Set<Long> TAKEN = ConcurrentHashMap.newKeySet();
    private static volatile boolean held;

    private final Grid grid = Grid.embedded(config -> config.name("scheduling"));

    @AfterEach
    void closeGrid() {
        held = false;
        grid.close();
        TAKEN.clear();
    }

    @Test
    void anIdleJobCostsNextToNothing() {
        Jobs.of(grid, o -> o.workers(2)).submit(passingOn());
        waitFor(Duration.ofMillis(300)); // first come patience and the compiler
        long beganNs = System.nanoTime();
        long usedNs = -engineCpuNs();
        waitFor(Duration.ofSeconds(1));
        usedNs += engineCpuNs();
        double share = (double) usedNs / (System.nanoTime() - beganNs);
        System.out.printf("cpu of an idle job: %.2f %% of a core%n", 100 * share);
        assertTrue(share < 0.05, () -> "share of a core: " + share);
    }

    private static long engineCpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("penstock-scheduling-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }

    /** Each event finds all workers parked. A wake-up that is lost costs a worker's longest park. */
    @Test
    void wakesParkedWorkersAtOnce() {
        Jobs.of(grid, o -> o.workers(2)).submit(passingOn());
        int events = 200;
        long[] latenciesNs = new long[events];
        for (long event = 0; event < events; event++) {
            waitFor(Duration.ofMillis(2));
            long beganNs = System.nanoTime();
            Hand.send(0, event);
            await(TAKEN, event);
            latenciesNs[(int) event] = System.nanoTime() - beganNs;
        }
        Arrays.sort(latenciesNs);
        System.out.printf("latency of an event after a pause, through an exchange: median %d us, 90 %% %d us%n",
                latenciesNs[events / 2] / 1_000, latenciesNs[events * 9 / 10] / 1_000);
        long longestNs = Worker.PARK_NS_MAX / 2;
        long lost = Arrays.stream(latenciesNs).filter(ns -> ns > longestNs).count();
        assertTrue(lost < events / 10, () -> lost + " of " + events + " took longer than " + longestNs + " ns");
    }

    /** Without fairness, each step of the fast job waits for one of the slow job: about 12 s. */
    @Test
    void aSlowJobDoesNotStarveAFastOne() throws InterruptedException {
        Jobs jobs = Jobs.of(grid, o -> o.workers(1));
        Pipeline slow = Pipeline.create();
        slow.readFrom(Sources.generator(Long.MAX_VALUE, i -> i))
                .map(i -> i % 256 == 0 ? spin(i, Duration.ofMillis(5)) : i)
                .writeTo(Sinks.noop());
        Job slowJob = jobs.submit(slow, o -> o.name("slow"));
        Pipeline fast = Pipeline.create();
        fast.readFrom(Sources.generator(5_000_000, i -> i)).map(i -> i + 1).writeTo(Sinks.noop());
        long beganNs = System.nanoTime();
        Job fastJob = jobs.submit(fast, o -> o.name("fast"));
        fastJob.join();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        assertEquals(JobStatus.RUNNING, slowJob.status());
        assertTrue(tookMs < 6_000, () -> tookMs + " ms");
        assertTrue(slowJob.metrics().eventsOut("map") > 0);
    }

    @Test
    void theWatchdogNamesTheStageThatHoldsItsThread() {
        held = true;
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.items(1, 2))
                .map(i -> i, o -> o.name("before"))
                .map(SchedulingIT::hold, o -> o.name("stuck"))
                .map(i -> i, o -> o.name("behind"))
                .writeTo(Sinks.noop());
        Job job = Jobs.of(grid, o -> o.workers(2)).submit(p);
        await("held", () -> job.metrics().count("stuck", "held") == 1);
        assertEquals(JobStatus.RUNNING, job.status(), "noticed while it lasts");
        held = false;
        await("the end", () -> job.status() == JobStatus.COMPLETED);
        assertEquals(0, job.metrics().count("before", "held") + job.metrics().count("behind", "held"));
    }

    @Test
    void startsAndCancelsJobsWithinMilliseconds() {
        Jobs jobs = Jobs.of(grid, o -> o.workers(2));
        int runs = 15;
        long[] startsNs = new long[runs];
        long[] cancelsNs = new long[runs];
        for (int run = 0; run < runs; run++) {
            Pipeline p = passingOn();
            long beganNs = System.nanoTime();
            Job job = jobs.submit(p);
            Hand.send(0, run);
            await(TAKEN, run);
            startsNs[run] = System.nanoTime() - beganNs;
            beganNs = System.nanoTime();
            job.cancel();
            assertThrows(CancellationException.class, job::join);
            cancelsNs[run] = System.nanoTime() - beganNs;
        }
        Arrays.sort(startsNs);
        Arrays.sort(cancelsNs);
        System.out.printf("median from submit to the first event's end %d us, from cancel to closed %d us%n",
                startsNs[runs / 2] / 1_000, cancelsNs[runs / 2] / 1_000);
        assertTrue(startsNs[runs / 2] < Duration.ofMillis(50).toNanos(), () -> Arrays.toString(startsNs));
        assertTrue(cancelsNs[runs / 2] < Duration.ofMillis(100).toNanos(), () -> Arrays.toString(cancelsNs));
    }

    /** Notes what is sent by hand, behind an exchange. */
    private static Pipeline passingOn() {
        Pipeline p = Pipeline.create();
        p.readFrom(Hand.source(1))
                .withTimestamps(event -> event, Duration.ZERO)
                .groupingKey(event -> event % 10)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, event) -> TAKEN.add(event))
                .writeTo(Sinks.noop());
        return p;
    }

    private static int hold(int event) {
        while (held) {
            Thread.onSpinWait();
        }
        return event;
    }

    private static long spin(long event, Duration duration) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < duration.toNanos()) {
            Thread.onSpinWait();
        }
        return event;
    }

    private static void waitFor(Duration duration) {
        long beganNs = System.nanoTime();
        for (long leftNs = duration.toNanos(); leftNs > 0; leftNs = beganNs + duration.toNanos() - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private static void await(Set<Long> taken, long event) {
        await("event " + event, () -> taken.contains(event));
    }

    private static void await(String what, BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(30), () -> "still not: " + what);
            Thread.yield();
        }
    }
}
