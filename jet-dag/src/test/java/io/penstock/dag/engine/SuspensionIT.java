package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.TestSources;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.grid.Grid;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of a suspended job is the engine's own; what is the same on every host is told by the contract. */
@Timeout(60)
class SuspensionIT {

    private static volatile CountDownLatch opening;
    private static volatile CountDownLatch mayOpen;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Grid grid = Grid.embedded(config -> config.name("test").meterRegistry(registry));

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    private Job endless() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        return Jobs.of(grid, o -> o.workers(2)).submit(
                pipeline, o -> o.name("endless").guarantee(Guarantee.EXACTLY_ONCE));
    }

    private double metered() {
        return registry.find("penstock.stage.events.in").tags("job", "endless", "stage", "noop")
                .functionCounters().stream().mapToDouble(FunctionCounter::count).sum();
    }

    @Test
    void metersAreGoneWhileItIsSuspendedAndThenGoOnWhereTheyWere() throws InterruptedException {
        Job job = endless();
        while (metered() == 0) {
            Thread.onSpinWait();
        }
        job.suspend();
        assertTrue(registry.find("penstock.stage.events.in").functionCounters().isEmpty());
        long before = job.metrics().eventsIn("noop");
        assertTrue(before > 0);
        assertTrue(job.explain().contains(String.format("in %,d", before)), job::explain);
        job.resume();
        assertTrue(metered() >= before);
        assertTrue(job.metrics().eventsIn("noop") >= before);
    }

    @Test
    void metersGoOnAfterAGarbageCollection() {
        Job job = endless();
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }
        double before = metered();
        while (metered() <= before) {
            assertEquals(JobStatus.RUNNING, job.status());
        }
    }

    @Test
    void aGridThatClosesCancelsWhatIsSuspended() throws InterruptedException {
        Job job = endless();
        job.suspend();
        grid.close();
        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
        assertThrows(IllegalStateException.class, job::resume);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("penstock-test-")));
    }

    @Test
    void aGridThatClosesWhileAJobIsResumedWaitsForItsStages() throws Exception {
        opening = new CountDownLatch(2);
        mayOpen = new CountDownLatch(0);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(TestSources.of("slow to open", 1, SlowToOpen::new)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline, o -> o.guarantee(Guarantee.EXACTLY_ONCE));
        job.suspend();
        mayOpen = new CountDownLatch(1);
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        Thread resuming = new Thread(() -> refusal.complete(assertThrows(IllegalStateException.class, job::resume)));
        resuming.start();
        opening.await();
        assertEquals(JobStatus.STARTING, job.status());
        Thread closing = new Thread(grid::close);
        closing.start();
        while (!grid.isClosed()) {
            Thread.onSpinWait();
        }
        job.cancel(); // as the grid does, sooner or later
        assertFalse(job.completion().toCompletableFuture().isDone());
        mayOpen.countDown();
        assertEquals("job 'job-1' cannot run: it was cancelled; submit it again", refusal.get().getMessage());
        closing.join();
        assertEquals(JobStatus.CANCELLED, job.status());
        assertEquals(2, SlowToOpen.closed);
    }

    private static final class SlowToOpen implements SourceOperator {
        private static volatile int closed;

        @Override
        public void open(OperatorContext context) throws InterruptedException {
            opening.countDown();
            mayOpen.await();
        }

        @Override
        public boolean fill(Output output) {
            return true;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void knowsTheLastJobsThatEnded() throws InterruptedException {
        Jobs jobs = Jobs.of(grid);
        for (int i = 0; i <= Engine.ENDED_JOBS_MAX; i++) {
            String name = "job " + i;
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.items(1, 2, 3)).writeTo(Sinks.noop());
            jobs.submit(pipeline, o -> o.name(name)).join();
        }
        assertTrue(jobs.job("job 0").isEmpty());
        Job last = jobs.job("job " + Engine.ENDED_JOBS_MAX).orElseThrow();
        assertEquals(JobStatus.COMPLETED, last.status());
        assertEquals(3, last.metrics().eventsIn("noop"));
        assertTrue(last.explain().contains("items"), last::explain);
        assertTrue(last.toDot().contains("items"), last::toDot);
    }
}
