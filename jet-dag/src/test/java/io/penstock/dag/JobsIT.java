package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobsIT {

    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Grid grid = Grid.embedded(config -> config.name("test").meterRegistry(registry));
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @Test
    void cancelsAJobThatWouldRunForever() throws InterruptedException {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);

        job.cancel();

        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
    }

    @Test
    void closingTheGridCancelsItsJobsAndEndsTheirThreads() {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);

        grid.close();

        assertThrows(CancellationException.class, job::join);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("penstock-test-")));
    }

    @Test
    void closesABlockingSourceWhenTheJobIsCancelled() throws InterruptedException {
        CountDownLatch blocked = BLOCKED;
        pipeline.readFrom(SourceBuilder.batch("blocking", () -> 0)
                        .<String>fillBufferFn((context, buffer) -> {
                            BLOCKED.countDown();
                            new CountDownLatch(1).await();
                        })
                        .destroyFn(context -> DESTROYED.set(true))
                        .build())
                .writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);
        blocked.await();

        job.cancel();

        assertThrows(CancellationException.class, job::join);
        assertTrue(DESTROYED.get());
    }

    private static final CountDownLatch BLOCKED = new CountDownLatch(1);
    private static final AtomicBoolean DESTROYED = new AtomicBoolean();

    @Test
    void aSlowSinkHoldsTheSourceBack() throws InterruptedException {
        MADE.set(0);
        TAKEN.set(0);
        AHEAD_MAX.set(0);
        pipeline.readFrom(Sources.generator(200_000, i -> {
                    MADE.incrementAndGet();
                    return i;
                }))
                .withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % 100)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> {
                    AHEAD_MAX.accumulateAndGet(MADE.get() - TAKEN.incrementAndGet(), Math::max);
                    return i;
                })
                .writeTo(Sinks.noop());

        Jobs.of(grid, o -> o.workers(2)).submit(pipeline).join();

        assertEquals(200_000, TAKEN.get());
        // 2 senders x 2 receivers x (8 queued + 1 open + 1 taken) batches, and a batch being made by each sender.
        assertTrue(AHEAD_MAX.get() <= (4 * 10 + 2) * 256, "rows under way: " + AHEAD_MAX.get());
    }

    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicLong TAKEN = new AtomicLong();
    private static final AtomicLong AHEAD_MAX = new AtomicLong();

    @Test
    void runsManyJobsAtOnce() throws InterruptedException {
        Jobs jobs = Jobs.of(grid, o -> o.workers(2));
        List<Job> running = java.util.stream.IntStream.range(0, 20).mapToObj(n -> {
            Pipeline p = Pipeline.create();
            p.readFrom(Sources.generator(10_000, i -> i + n * 10_000L)).writeTo(Sinks.map(NUMBERS, i -> i));
            return jobs.submit(p);
        }).toList();
        for (Job job : running) {
            job.join();
        }

        assertEquals(200_000, grid.map(NUMBERS).size());
    }

    @Test
    void metersAreThereWhileTheJobRunsAndGoneAfterwards() throws InterruptedException {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid, o -> o.workers(2)).submit(pipeline, o -> o.name("endless"));

        assertEquals(2, registry.find("penstock.stage.events.in").tags("job", "endless", "stage", "noop", "grid", "test")
                .functionCounters().size());

        job.cancel();
        assertThrows(CancellationException.class, job::join);
        assertTrue(registry.find("penstock.stage.events.in").functionCounters().isEmpty());
    }

    @Test
    void refusesTheNameOfARunningJobAndTakesItAgainAfterItsEnd() {
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        Job first = Jobs.of(grid).submit(pipeline, o -> o.name("twice"));

        String message = assertThrows(
                        IllegalStateException.class, () -> Jobs.of(grid).submit(pipeline, o -> o.name("twice")))
                .getMessage();
        assertEquals("job 'twice' runs already on grid 'test'; cancel it first, or give the new one another name", message);

        first.cancel();
        assertThrows(CancellationException.class, first::join);
        Job second = Jobs.of(grid).submit(pipeline, o -> o.name("twice"));
        assertEquals(JobStatus.RUNNING, second.status());
        assertTrue(registry.find("penstock.stage.events.in").tags("job", "twice").functionCounters().size() > 0);
    }

    @Test
    void refusesAnotherNumberOfWorkers() {
        Jobs.of(grid, o -> o.workers(2));

        assertThrows(IllegalStateException.class, () -> Jobs.of(grid, o -> o.workers(3)));
    }

    @Test
    void namesWhatCannotBeSerialized() {
        Object lock = new Object();
        pipeline.readFrom(Sources.items("a")).map(x -> lock.hashCode()).writeTo(Sinks.noop());

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Jobs.of(grid).submit(pipeline))
                .getMessage();

        assertTrue(message.startsWith("stage 'map' (JobsIT.java:"), message);
        assertTrue(message.contains("captured variable 1 (a java.lang.Object) is not serializable"), message);
    }

    @Test
    void namesTheFieldThatHoldsWhatCannotBeSerialized() {
        Holder holder = new Holder();
        pipeline.readFrom(Sources.items("a"))
                .withTimestamps(x -> 0, Duration.ZERO)
                .groupingKey(x -> holder.inner.lock.hashCode())
                .mapStateful(Duration.ofHours(1), () -> "", (state, key, x) -> x)
                .writeTo(Sinks.noop());

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Jobs.of(grid).submit(pipeline))
                .getMessage();

        assertTrue(message.contains("field Holder.inner > field Inner.lock (a java.lang.Object) is not serializable"), message);
    }

    private static final class Holder implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private final Inner inner = new Inner();
    }

    private static final class Inner implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object lock = new Object();
    }
}
